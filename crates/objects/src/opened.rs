//! The storage that the settings name.

use crate::options::{Options, Target, Wrong};
use crate::storage::Objects;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use secrecy::ExposeSecret;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for a connection.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// A request that failed is sent again this often, within [`RETRY_WITHIN`].
const RETRIES: usize = 2;
const RETRY_WITHIN: Duration = Duration::from_secs(10);

/// Kinds of storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A folder of this machine, or one that it shares with others.
    Folder,
    /// S3, or a server that speaks like it.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
    /// Memory, for tests.
    Memory,
}

impl Objects {
    /// The storage that `options` name; `folder` when they name none. A folder is made; nothing is asked over the
    /// network yet.
    pub fn open(options: &Options, folder: PathBuf) -> Result<Self, Wrong> {
        options.check()?;
        // The first one in the process stays; TLS needs one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        match options.target()? {
            Target::Folder(named) => in_folder(named.unwrap_or(folder)),
            Target::S3 { bucket, prefix } => s3(options, &bucket, &prefix),
            Target::Google { bucket, prefix } => google(options, &bucket, &prefix),
            Target::Azure { container, prefix } => azure(options, &container, &prefix),
        }
    }

    /// A storage that is gone with the process.
    pub fn in_memory() -> Self {
        Self::of(Opened::Memory, Arc::new(InMemory::new()))
    }
}

fn in_folder(folder: PathBuf) -> Result<Objects, Wrong> {
    let wrong = |error: String| {
        Wrong::new("url", format!("names the folder {}, which cannot be used: {error}", folder.display()))
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(|error| wrong(error.to_string()))?;
    // What is acknowledged is on the disk; folders of people who are gone go too.
    let files = LocalFileSystem::new_with_prefix(&folder).map_err(|error| wrong(error.to_string()))?;
    Ok(Objects::of(Opened::Folder, Arc::new(files.with_fsync(true).with_automatic_cleanup(true))))
}

fn s3(options: &Options, bucket: &str, prefix: &str) -> Result<Objects, Wrong> {
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_allow_http(options.allow_http)
        .with_retry(retries())
        .with_client_options(client(options));
    if let Some(endpoint) = &options.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    if let Some(region) = &options.region {
        builder = builder.with_region(region);
    }
    if let (Some(id), Some(key)) = (&options.access_key_id, &options.secret_access_key) {
        builder = builder.with_access_key_id(id).with_secret_access_key(key.expose_secret());
    }
    let store = builder.build().map_err(unusable)?;
    Ok(Objects::of(Opened::S3, below(prefix, store)))
}

fn google(options: &Options, bucket: &str, prefix: &str) -> Result<Objects, Wrong> {
    let mut builder = GoogleCloudStorageBuilder::from_env()
        .with_bucket_name(bucket)
        .with_retry(retries())
        .with_client_options(client(options));
    if let Some(endpoint) = &options.endpoint {
        builder = builder.with_base_url(endpoint);
    }
    if let Some(file) = &options.service_account_file {
        let file =
            file.to_str().ok_or_else(|| Wrong::new("service_account_file", "has a name that is no text"))?;
        builder = builder.with_service_account_path(file);
    }
    let store = builder.build().map_err(unusable)?;
    Ok(Objects::of(Opened::Google, below(prefix, store)))
}

fn azure(options: &Options, container: &str, prefix: &str) -> Result<Objects, Wrong> {
    let mut builder = MicrosoftAzureBuilder::from_env()
        .with_container_name(container)
        .with_allow_http(options.allow_http)
        .with_retry(retries())
        .with_client_options(client(options));
    if let Some(endpoint) = &options.endpoint {
        builder = builder.with_endpoint(endpoint.clone());
    }
    if let Some(account) = &options.account {
        builder = builder.with_account(account);
    }
    if let Some(key) = &options.account_key {
        builder = builder.with_access_key(key.expose_secret());
    }
    let store = builder.build().map_err(unusable)?;
    Ok(Objects::of(Opened::Azure, below(prefix, store)))
}

fn client(options: &Options) -> ClientOptions {
    ClientOptions::new()
        .with_timeout(Duration::from_secs(options.timeout_seconds))
        .with_connect_timeout(CONNECT_WITHIN)
        .with_allow_http(options.allow_http)
}

fn retries() -> RetryConfig {
    let backoff = BackoffConfig {
        init_backoff: Duration::from_millis(100),
        max_backoff: Duration::from_secs(2),
        ..BackoffConfig::default()
    };
    RetryConfig { backoff, max_retries: RETRIES, retry_timeout: RETRY_WITHIN }
}

fn below(prefix: &str, store: impl ObjectStore) -> Arc<dyn ObjectStore> {
    if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, Path::from(prefix))) }
}

fn unusable(error: object_store::Error) -> Wrong {
    Wrong::new("url", format!("cannot be used with the settings beside it: {error}"))
}
