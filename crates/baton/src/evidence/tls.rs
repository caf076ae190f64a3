//! TLS towards witnesses and timestamp authorities 传输加密.
//!
//! Who is believed: the certificates of `tls_roots` alone when the configuration names such a
//! file, else those of the system. There is no way to switch the check off.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use spine::Fault;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Makes TLS of a connection; cheap to clone.
#[derive(Clone)]
pub(super) struct Tls(TlsConnector);

impl Tls {
    /// With the certificates of this file, or with those of the system.
    ///
    /// # Errors
    /// [`Fault`] naming the file when it holds no certificates, or when the system has none.
    pub(super) fn open(roots: Option<&Path>) -> Result<Tls, Fault> {
        let roots = match roots {
            Some(path) => of_file(path)?,
            None => of_system()?,
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Fault::new(format!("TLS: {error}")))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Tls(TlsConnector::from(Arc::new(config))))
    }

    /// Greets whoever is at the other end and checks that it is `host`.
    pub(super) async fn greet(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> Result<TlsStream<TcpStream>, String> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(bare.to_owned());
        let name = name.map_err(|_| format!("「{bare}」不是主机名 not a host name"))?;
        let greeted = self.0.connect(name, stream).await;
        greeted.map_err(|error| format!("TLS 握手失败 the TLS handshake failed: {error}"))
    }
}

fn of_file(path: &Path) -> Result<RootCertStore, Fault> {
    let broken = |why: &dyn std::fmt::Display| Fault::new(format!("{}: {why}", path.display()));
    let mut roots = RootCertStore::empty();
    let all = CertificateDer::pem_file_iter(path).map_err(|error| broken(&error))?;
    for one in all {
        let one = one.map_err(|error| broken(&error))?;
        roots.add(one).map_err(|error| broken(&error))?;
    }
    match roots.is_empty() {
        true => Err(broken(&"文件中没有证书 no certificates")),
        false => Ok(roots),
    }
}

fn of_system() -> Result<RootCertStore, Fault> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    // A system may hold some that nobody can read; the others count.
    roots.add_parsable_certificates(found.certs);
    match roots.is_empty() {
        true => Err(Fault::new(
            "系统没有受信任的根证书，请安装 ca-certificates 或设 tls_roots \
             the system has no root certificates: install ca-certificates or set tls_roots",
        )),
        false => Ok(roots),
    }
}
