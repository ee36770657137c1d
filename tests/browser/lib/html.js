// HTML files as the browser's parser sees them: elements in order, their attributes, ids, links.

import { parse } from 'parse5';
import { htmlFiles, readText, SITE } from './site.js';

const XLINK = 'http://www.w3.org/1999/xlink';

/** A parsed page: its elements in document order, with attributes as an object and the place in the file. */
export function parsePage(file, site = SITE) {
  const elements = [];
  walk(parse(readText(file, site), { sourceCodeLocationInfo: true }), elements);
  const first = (tag, test = () => true) => elements.find((element) => element.tag === tag && test(element));
  return {
    file,
    elements,
    ids: new Set(elements.map((element) => element.attributes.id).filter((id) => id !== undefined)),
    csp: first('meta', ({ attributes }) => attributes['http-equiv']?.toLowerCase() === 'content-security-policy'),
    redirect: refreshTarget(first('meta', ({ attributes }) => attributes['http-equiv']?.toLowerCase() === 'refresh')),
    title: first('title')?.text.trim(),
    canonical: first('link', ({ attributes }) => attributes.rel === 'canonical')?.attributes.href,
  };
}

/** All pages of a built site, parsed once for each site. */
export function allPages(site = SITE) {
  if (!parsed.has(site)) parsed.set(site, htmlFiles(site).map((file) => parsePage(file, site)));
  return parsed.get(site);
}
const parsed = new Map();

/**
 * Every URL a page names: { element, attribute, url, loads }. `loads` is true where the browser fetches it to show the
 * page, false where a reader follows it.
 */
export function urlsOf(page) {
  const found = [];
  for (const element of page.elements) {
    const { tag, attributes } = element;
    const add = (attribute, url, loads) => found.push({ element, attribute, url, loads });
    if (attributes.href !== undefined) {
      const follows = tag === 'a' || tag === 'area' || (tag === 'link' && !loadingLink(attributes.rel));
      add('href', attributes.href, !follows);
    }
    if (attributes['xlink:href'] !== undefined) add('xlink:href', attributes['xlink:href'], tag !== 'a');
    for (const name of ['src', 'data', 'poster', 'background']) {
      if (attributes[name] !== undefined) add(name, attributes[name], true);
    }
    // Scripts that a page loads once a situation is set, or a reader turns to the search box.
    for (const name of ['data-load', 'data-search', 'data-index', 'data-page']) {
      for (const url of (attributes[name] ?? '').split(' ').filter(Boolean)) add(name, url, name !== 'data-page');
    }
    for (const name of ['action', 'formaction', 'cite', 'ping', 'longdesc']) {
      if (attributes[name] !== undefined) add(name, attributes[name], false);
    }
    for (const name of ['srcset', 'imagesrcset']) {
      for (const candidate of (attributes[name] ?? '').split(',').filter((part) => part.trim())) {
        add(name, candidate.trim().split(/\s+/)[0], true);
      }
    }
  }
  if (page.redirect !== undefined) found.push({ element: page.elements[0], attribute: 'refresh', url: page.redirect, loads: false });
  return found;
}

/** `file:line: <tag attribute="value">`, for messages. */
export function where(page, element, attribute) {
  const value = attribute ? ` ${attribute}="${element.attributes[attribute] ?? ''}"` : '';
  return `${page.file}:${element.line}: <${element.tag}${value}>`;
}

function walk(node, elements) {
  if (node.tagName !== undefined) {
    elements.push({
      tag: node.tagName,
      svg: node.namespaceURI?.endsWith('/svg') ?? false,
      attributes: Object.fromEntries(node.attrs.map(({ namespace, name, value }) => [namespace === XLINK ? `xlink:${name}` : name, value])),
      text: (node.childNodes ?? []).filter((child) => child.nodeName === '#text').map((child) => child.value).join(''),
      line: node.sourceCodeLocation?.startLine ?? 0,
      parent: node.parentNode?.tagName,
    });
  }
  for (const child of node.content?.childNodes ?? node.childNodes ?? []) walk(child, elements);
}

function loadingLink(rel = '') {
  return rel.split(/\s+/).some((word) => ['stylesheet', 'icon', 'preload', 'modulepreload', 'manifest', 'prefetch', 'apple-touch-icon', 'mask-icon'].includes(word));
}

function refreshTarget(meta) {
  return meta?.attributes.content?.match(/^\s*\d+\s*;\s*url\s*=\s*(.*)$/i)?.[1].trim();
}
