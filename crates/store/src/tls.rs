//! How the line to PostgreSQL is protected. `sslmode` in the address decides; without one, TLS is tried wherever the line
//! leaves this machine.

use crate::error::{Result, StoreError};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::fs::File;
use std::net::IpAddr;
use std::str::FromStr;
use url::Url;

/// What may name a file: names in the address, which come first, and the variable that stands for them.
const FILES: [(&[&str], &str); 3] = [
    (&["sslrootcert", "ssl-root-cert", "ssl-ca"], "PGSSLROOTCERT"),
    (&["sslcert", "ssl-cert"], "PGSSLCERT"),
    (&["sslkey", "ssl-key"], "PGSSLKEY"),
];

/// Nothing is encrypted that stays on this machine, unless the address asks for it.
pub(crate) fn settled(options: PgConnectOptions) -> PgConnectOptions {
    if is_here(&options) && matches!(options.get_ssl_mode(), PgSslMode::Prefer) {
        return options.ssl_mode(PgSslMode::Disable);
    }
    options
}

/// Whether the files that are named for TLS can be read: the driver would not say which one it could not.
/// [`StoreError::TlsFile`] when not.
pub(crate) fn check_files(url: &str, variable: impl Fn(&str) -> Option<String>) -> Result<()> {
    let Ok(address) = Url::parse(url) else { return Ok(()) };
    let named = |names: &'static [&str]| {
        let mut pairs = address.query_pairs();
        pairs.find_map(|(name, file)| {
            names.iter().find(|known| **known == name).map(|known| (*known, file.into_owned()))
        })
    };
    for (names, variable_name) in FILES {
        let found = named(names).or_else(|| Some((variable_name, variable(variable_name)?)));
        let Some((setting, file)) = found else { continue };
        // A certificate may stand there itself.
        if file.trim_start().starts_with("-----BEGIN") {
            continue;
        }
        File::open(&file).map_err(|source| StoreError::TlsFile { setting, file, source })?;
    }
    Ok(())
}

/// What an operator should know of the line to `url`; `is_encrypted` is asked when the address leaves it open.
/// `sslmode=disable` says that it is on purpose.
pub(crate) async fn concern(url: &str, is_encrypted: impl AsyncFnOnce() -> bool) -> Option<&'static str> {
    let options = PgConnectOptions::from_str(url).ok()?;
    if is_here(&options) {
        return None;
    }
    match options.get_ssl_mode() {
        PgSslMode::Disable | PgSslMode::VerifyCa | PgSslMode::VerifyFull => None,
        PgSslMode::Prefer if is_encrypted().await => {
            Some("is encrypted, but nothing shows whose server it is")
        }
        PgSslMode::Require => Some("is encrypted, but nothing shows whose server it is"),
        PgSslMode::Allow | PgSslMode::Prefer => Some("is not encrypted"),
    }
}

/// A socket, or an address of this machine.
fn is_here(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    options.get_socket().is_some()
        || host.starts_with('/')
        || host.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_here_is_not_encrypted_unless_it_is_asked_for() {
        let mode = |url| settled(PgConnectOptions::from_str(url).unwrap()).get_ssl_mode();
        for here in [
            "postgres://a@localhost/b",
            "postgres://a@127.0.0.1/b",
            "postgres://a@[::1]/b",
            "postgres://a@%2Frun%2Fpg/b",
        ] {
            assert!(matches!(mode(here), PgSslMode::Disable), "{here}");
        }
        assert!(matches!(mode("postgres://a@localhost/b?sslmode=verify-full"), PgSslMode::VerifyFull));
        assert!(matches!(mode("postgres://a@db.example/b"), PgSslMode::Prefer));
        assert!(matches!(mode("postgres://a@localhost.example/b"), PgSslMode::Prefer));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let nothing = |_: &str| None;
        let there = tempfile::NamedTempFile::new().unwrap();
        let there = there.path().display();
        for fine in ["", "?sslmode=require", &format!("?sslrootcert={there}"), "?sslcert=-----BEGIN%20X"] {
            check_files(&format!("postgres://a@b/c{fine}"), nothing).expect(fine);
        }
        for (rest, setting) in [
            ("?sslmode=verify-full&sslrootcert=/nowhere/ca.pem", "sslrootcert"),
            ("?ssl-ca=/nowhere/ca.pem", "ssl-ca"),
            ("?sslkey=%2Fnowhere%2Fca.pem", "sslkey"),
        ] {
            let refused = check_files(&format!("postgres://a@b/c{rest}"), nothing).expect_err(rest);
            let said = format!("{setting} names the file /nowhere/ca.pem, which cannot be read");
            assert_eq!(refused.to_string(), said);
        }
        let variable = |name: &str| (name == "PGSSLROOTCERT").then(|| "/nowhere/other.pem".to_owned());
        let refused = check_files("postgres://a@b/c", variable).expect_err("by the variable");
        assert!(refused.to_string().starts_with("PGSSLROOTCERT names the file /nowhere/other.pem"));
        check_files(&format!("postgres://a@b/c?sslrootcert={there}"), variable)
            .expect("the address comes first");
    }

    #[tokio::test]
    async fn an_operator_is_told_of_a_line_that_others_could_read() {
        let told =
            async |rest: &str, encrypted| concern(&format!("postgres://a@{rest}"), async || encrypted).await;
        assert_eq!(told("db.example/b", false).await, Some("is not encrypted"));
        assert_eq!(
            told("db.example/b", true).await,
            Some("is encrypted, but nothing shows whose server it is")
        );
        assert_eq!(
            told("db.example/b?sslmode=require", true).await,
            Some("is encrypted, but nothing shows whose server it is")
        );
        assert_eq!(told("db.example/b?sslmode=allow", false).await, Some("is not encrypted"));
        for quiet in ["127.0.0.1/b", "db.example/b?sslmode=disable", "db.example/b?sslmode=verify-full"] {
            assert_eq!(told(quiet, false).await, None, "{quiet}");
        }
    }
}
