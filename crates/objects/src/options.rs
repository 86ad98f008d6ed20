//! Settings of the storage of files.

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

/// Where files are kept: resumes as they were uploaded, recordings. Everything is encrypted before it gets there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// `file:///FOLDER`, `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` or `az://CONTAINER/PREFIX`; the prefix may be left
    /// out. Default: the folder `objects` in the data directory. Nodes that share a database need the same one.
    pub url: Option<String>,
    /// Address of a server that speaks S3, Google Cloud Storage or Azure Blob Storage. Default: the vendor's own.
    pub endpoint: Option<String>,
    /// Region of an S3 bucket. Default: `us-east-1`, or `AWS_REGION`.
    pub region: Option<String>,
    /// Whether `endpoint` may be http: then whoever sits between can see and change what passes. Default: false.
    pub allow_http: bool,
    /// Id of the key for S3. Default: `AWS_ACCESS_KEY_ID`, else what the machine is given by AWS.
    pub access_key_id: Option<String>,
    /// The key for S3. Default: `AWS_SECRET_ACCESS_KEY`.
    #[schemars(with = "Option<String>")]
    pub secret_access_key: Option<SecretString>,
    /// Storage account of Azure. Default: `AZURE_STORAGE_ACCOUNT_NAME`.
    pub account: Option<String>,
    /// Its key. Default: `AZURE_STORAGE_ACCOUNT_KEY`, else the machine's identity.
    #[schemars(with = "Option<String>")]
    pub account_key: Option<SecretString>,
    /// File with the key of a Google service account. Default: `GOOGLE_SERVICE_ACCOUNT`, else the machine's identity.
    pub service_account_file: Option<PathBuf>,
    /// Longest wait for one answer, seconds, 1..=300, default 30.
    pub timeout_seconds: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            url: None,
            endpoint: None,
            region: None,
            allow_http: false,
            access_key_id: None,
            secret_access_key: None,
            account: None,
            account_key: None,
            service_account_file: None,
            timeout_seconds: 30,
        }
    }
}

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("objects.{key} {message}")]
pub struct Wrong {
    /// Its name within the section.
    pub key: &'static str,
    /// What is wrong, to stand after its name.
    pub message: String,
}

impl Wrong {
    pub(crate) fn new(key: &'static str, message: impl Into<String>) -> Self {
        Self { key, message: message.into() }
    }
}

/// What kind of storage an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A folder; `None` for the one in the data directory.
    Folder(Option<PathBuf>),
    S3 {
        bucket: String,
        prefix: String,
    },
    Google {
        bucket: String,
        prefix: String,
    },
    Azure {
        container: String,
        prefix: String,
    },
}

impl Options {
    /// Looks for what cannot be right, without asking the storage.
    pub fn check(&self) -> Result<(), Wrong> {
        let target = self.target()?;
        if let Some(endpoint) = &self.endpoint {
            let url = Url::parse(endpoint)
                .map_err(|error| Wrong::new("endpoint", format!("is no address: {error}")))?;
            match url.scheme() {
                "https" => {}
                "http" if self.allow_http => {}
                "http" => {
                    let message = "is http, where whoever sits between can see and change what passes; use https, or \
                                   set objects.allow_http = true";
                    return Err(Wrong::new("endpoint", message));
                }
                other => return Err(Wrong::new("endpoint", format!("begins with {other}://; use https://"))),
            }
        }
        if !(1..=300).contains(&self.timeout_seconds) {
            return Err(Wrong::new(
                "timeout_seconds",
                format!("is {}; it must be 1 to 300", self.timeout_seconds),
            ));
        }
        self.check_belonging(&target)
    }

    /// A setting of one kind of storage does nothing for another: it is a slip.
    fn check_belonging(&self, target: &Target) -> Result<(), Wrong> {
        let is_s3 = matches!(target, Target::S3 { .. });
        let is_azure = matches!(target, Target::Azure { .. });
        let is_google = matches!(target, Target::Google { .. });
        let is_folder = matches!(target, Target::Folder(_));
        let settings = [
            ("endpoint", self.endpoint.is_some(), !is_folder, "s3://, gs:// or az://"),
            ("region", self.region.is_some(), is_s3, "s3://"),
            ("access_key_id", self.access_key_id.is_some(), is_s3, "s3://"),
            ("secret_access_key", self.secret_access_key.is_some(), is_s3, "s3://"),
            ("account", self.account.is_some(), is_azure, "az://"),
            ("account_key", self.account_key.is_some(), is_azure, "az://"),
            ("service_account_file", self.service_account_file.is_some(), is_google, "gs://"),
        ];
        if let Some((key, .., scheme)) =
            settings.into_iter().find(|(_, is_set, belongs, _)| *is_set && !belongs)
        {
            return Err(Wrong::new(key, format!("is for an objects.url that begins with {scheme}")));
        }
        match (&self.access_key_id, &self.secret_access_key) {
            (Some(_), None) => Err(Wrong::new("access_key_id", "needs objects.secret_access_key beside it")),
            (None, Some(_)) => Err(Wrong::new("secret_access_key", "needs objects.access_key_id beside it")),
            _ => Ok(()),
        }
    }

    /// Whether every node that is given these settings reaches the same files.
    pub fn is_shared(&self) -> bool {
        !matches!(self.target(), Ok(Target::Folder(None)))
    }

    /// The folder, where files lie in one that was named or, without, in `default`.
    pub fn folder(&self, default: PathBuf) -> Option<PathBuf> {
        match self.target() {
            Ok(Target::Folder(folder)) => Some(folder.unwrap_or(default)),
            _ => None,
        }
    }

    pub(crate) fn target(&self) -> Result<Target, Wrong> {
        // A variable that was left empty says nothing.
        let Some(text) = self.url.as_ref().filter(|url| !url.is_empty()) else {
            return Ok(Target::Folder(None));
        };
        let wrong = |message: String| Wrong::new("url", message);
        let kinds = "file:///FOLDER, s3://BUCKET/PREFIX, gs://BUCKET/PREFIX or az://CONTAINER/PREFIX";
        let url = Url::parse(text).map_err(|error| wrong(format!("is no address ({error}); use {kinds}")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("holds credentials; they have settings of their own".to_owned()));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(format!("ends with ? or #; use {kinds}")));
        }
        if url.scheme() == "file" {
            let folder = url
                .to_file_path()
                .map_err(|()| wrong("names no folder of this machine; use file:///FOLDER".to_owned()))?;
            return Ok(Target::Folder(Some(folder)));
        }
        let bucket = url.host_str().unwrap_or_default().to_owned();
        let prefix = url.path().trim_matches('/').to_owned();
        let target = match url.scheme() {
            "s3" => Target::S3 { bucket: bucket.clone(), prefix },
            "gs" => Target::Google { bucket: bucket.clone(), prefix },
            "az" => Target::Azure { container: bucket.clone(), prefix },
            other => return Err(wrong(format!("begins with {other}://; use {kinds}"))),
        };
        if bucket.is_empty() {
            return Err(wrong(format!("names no bucket; use {kinds}")));
        }
        Ok(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Options {
        Options { url: Some(url.to_owned()), ..Options::default() }
    }

    #[test]
    fn addresses_name_folders_and_buckets() {
        assert_eq!(Options::default().target(), Ok(Target::Folder(None)));
        assert_eq!(
            at("file:///var/lib/greenroom").target(),
            Ok(Target::Folder(Some("/var/lib/greenroom".into())))
        );
        let (bucket, prefix) = ("rooms".to_owned(), "a/b".to_owned());
        assert_eq!(
            at("s3://rooms/a/b/").target(),
            Ok(Target::S3 { bucket: bucket.clone(), prefix: prefix.clone() })
        );
        assert_eq!(at("gs://rooms/a/b").target(), Ok(Target::Google { bucket: bucket.clone(), prefix }));
        assert_eq!(at("az://rooms").target(), Ok(Target::Azure { container: bucket, prefix: String::new() }));
        assert!(!Options::default().is_shared() && at("s3://rooms").is_shared());
    }

    #[test]
    fn slips_name_their_setting() {
        let secret = Some(SecretString::from("x"));
        let cases = [
            (at("ftp://x/y"), "objects.url begins with ftp://"),
            (at("rooms"), "objects.url is no address"),
            (at("s3://"), "objects.url"),
            (at("s3://key:secret@rooms"), "objects.url holds credentials"),
            (at("s3://rooms?x=1"), "objects.url ends with ?"),
            (Options { endpoint: Some("http://x".into()), ..at("s3://rooms") }, "objects.endpoint is http"),
            (Options { endpoint: Some("x".into()), ..at("s3://rooms") }, "objects.endpoint is no address"),
            (
                Options { endpoint: Some("https://x".into()), ..Options::default() },
                "objects.endpoint is for an objects.url",
            ),
            (Options { region: Some("x".into()), ..at("gs://rooms") }, "objects.region is for"),
            (Options { access_key_id: Some("x".into()), ..at("s3://rooms") }, "objects.access_key_id needs"),
            (
                Options { secret_access_key: secret.clone(), ..at("s3://rooms") },
                "objects.secret_access_key needs",
            ),
            (Options { account_key: secret, ..at("s3://rooms") }, "objects.account_key is for"),
            (Options { timeout_seconds: 0, ..at("s3://rooms") }, "objects.timeout_seconds is 0"),
        ];
        for (options, said) in cases {
            let wrong = options.check().expect_err(said).to_string();
            assert!(wrong.starts_with(said), "{wrong}");
        }
        let fine = Options { endpoint: Some("http://x".into()), allow_http: true, ..at("s3://rooms/p") };
        assert_eq!(fine.check(), Ok(()));
    }
}
