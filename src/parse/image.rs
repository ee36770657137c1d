//! The size of an image, read from its header, so that pages do not jump while images load.

/// Width and height in pixels of a PNG, GIF, JPEG, WebP or SVG file. None if the header does not say.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size =
        png(bytes).or_else(|| gif(bytes)).or_else(|| jpeg(bytes)).or_else(|| webp(bytes)).or_else(|| svg(bytes))?;
    (size.0 > 0 && size.1 > 0).then_some(size)
}

fn big(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    bytes.get(at..at + count).map(|b| b.iter().fold(0, |n, b| n << 8 | u32::from(*b)))
}

fn little(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    bytes.get(at..at + count).map(|b| b.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b)))
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then(|| Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?)))?
}

fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    bytes.starts_with(b"GIF8").then(|| Some((little(bytes, 6, 2)?, little(bytes, 8, 2)?)))?
}

/// Walks the segments to the frame header.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if bytes.get(at)? != &0xFF {
            return None;
        }
        let is_frame = (0xC0..=0xCF).contains(&marker) && ![0xC4, 0xC8, 0xCC].contains(&marker);
        if is_frame {
            return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
        }
        at += 2 + big(bytes, at + 2, 2)?.max(2) as usize;
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(8..12)? != b"WEBP" {
        return None;
    }
    match bytes.get(12..16)? {
        b"VP8 " => Some((little(bytes, 26, 2)? & 0x3FFF, little(bytes, 28, 2)? & 0x3FFF)),
        b"VP8L" => {
            let bits = little(bytes, 21, 4)?;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        _ => None,
    }
}

/// `width` and `height` of the root element in pixels, else those of its `viewBox`.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = std::str::from_utf8(bytes.get(..bytes.len().min(4096))?)
        .or_else(|e| std::str::from_utf8(&bytes[..e.valid_up_to()]));
    let head = head.ok()?;
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let value = tag.split_once(&format!(" {name}=\""))?.1;
        value.split_once('"').map(|(value, _)| value)
    };
    let pixels = |value: &str| value.trim_end_matches("px").parse::<f64>().ok().map(|n| n.round() as u32);
    if let (Some(width), Some(height)) = (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        return Some((width, height));
    }
    let numbers: Vec<f64> = attribute("viewBox")?.split([' ', ',']).filter_map(|n| n.parse().ok()).collect();
    match numbers[..] {
        [_, _, width, height] => Some((width.round() as u32, height.round() as u32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_from_headers() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 2, 128, 0, 0, 1, 224]);
        assert_eq!(size(&png), Some((640, 480)));
        assert_eq!(size(b"GIF89a\x0a\0\x14\0"), Some((10, 20)));
        assert_eq!(size(b"<svg xmlns=\"x\" viewBox=\"0 0 300 120.4\">"), Some((300, 120)));
        assert_eq!(size(b"<?xml version=\"1.0\"?><svg width=\"30px\" height=\"20\">"), Some((30, 20)));
        assert_eq!(size(&[0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 10]), Some((10, 20)));
        for broken in [&b"\x89PNG\r\n\x1a\n"[..], b"", b"GIF8", &[0xFF, 0xD8, 0xFF], b"RIFF0000WEBPVP8X"] {
            assert_eq!(size(broken), None);
        }
    }
}
