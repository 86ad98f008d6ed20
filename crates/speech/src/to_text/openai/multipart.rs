//! A form with a file (RFC 7578).

use sha2::{Digest, Sha256};

/// A form under way.
#[derive(Default)]
pub(super) struct Multipart {
    parts: Vec<(String, Vec<u8>)>,
}

impl Multipart {
    pub fn field(&mut self, name: &str, value: &str) {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        self.parts.push((head, value.as_bytes().to_vec()));
    }

    pub fn file(&mut self, name: &str, file: &str, kind: &str, bytes: &[u8]) {
        let head = format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {kind}"
        );
        self.parts.push((head, bytes.to_vec()));
    }

    /// Its media type and its bytes.
    pub fn finish(self) -> (String, Vec<u8>) {
        // By what is between: it cannot stand there by chance, nor can anybody who speaks put it there.
        let mut hash = Sha256::new();
        for (head, value) in &self.parts {
            hash.update(head);
            hash.update(value);
        }
        let boundary: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let mut body = Vec::with_capacity(self.parts.iter().map(|(_, value)| value.len() + 200).sum());
        for (head, value) in self.parts {
            body.extend(format!("--{boundary}\r\n{head}\r\n\r\n").into_bytes());
            body.extend(value);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }
}
