// The YAML language server over stdio, as an editor speaks to it.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url));

/** Starts a server for a folder: { request, notify, diagnostics, stop }. */
export async function start(folder) {
  const child = spawn(process.execPath, [PROGRAM, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  const published = new Map();
  let next = 1;
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const handle = (message) => {
    if (message.method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = message.params;
      published.get(uri)?.(diagnostics);
    } else if (message.method && message.id !== undefined) {
      // What the server asks of an editor: it has no settings of its own.
      send({ id: message.id, result: message.method === 'workspace/configuration' ? message.params.items.map(() => ({})) : null });
    } else if (waiting.has(message.id)) {
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  };
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head))[1]);
      if (buffer.length < head + 4 + length) return;
      const body = buffer.subarray(head + 4, head + 4 + length).toString();
      buffer = buffer.subarray(head + 4 + length);
      handle(JSON.parse(body));
    }
  });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(next, { resolve, reject });
      send({ id: next, method, params });
      next += 1;
    });
  const notify = (method, params) => send({ method, params });
  await request('initialize', {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'site' }],
    capabilities: {
      textDocument: { hover: { contentFormat: ['markdown', 'plaintext'] }, completion: { completionItem: { documentationFormat: ['markdown'] } }, publishDiagnostics: {} },
      workspace: { configuration: true, workspaceFolders: true },
    },
  });
  notify('initialized', {});
  return {
    request,
    /** Opens a document and waits for what the server finds in it. */
    open(uri, text) {
      const found = new Promise((resolve) => published.set(uri, resolve));
      notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
      return found;
    },
    stop: () => child.kill(),
  };
}
