//! A timestamp authority as anybody may run one: `openssl ts` behind HTTP, on this machine.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::serve::Listener;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use spine::{Clock as _, SystemClock};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::harness::World;

/// An authority with a root of its own, as the licensed ones have.
pub(crate) struct Tsa {
    folder: Arc<TempDir>,
    /// Where it is asked; nowhere until [`Tsa::serve`].
    pub(crate) url: Option<String>,
    /// Whose certificates are believed when it is asked by TLS.
    pub(crate) roots: Option<PathBuf>,
    /// Whether the house knows the revocation list of its root.
    pub(crate) is_listed: bool,
}

const MADE: &str = r"
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=测试根证书' -utf8 \
  -keyout root.key -out root.pem
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=测试时间戳机构' -utf8 \
  -keyout tsa.key -out tsa.csr
printf '%s\n' extendedKeyUsage=critical,timeStamping keyUsage=critical,digitalSignature \
  basicConstraints=critical,CA:FALSE > ext
openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 3650 \
  -extfile ext -out tsa.pem
echo 01 > serial
printf '%s\n' [tsa] default_tsa=t [t] serial=serial signer_cert=tsa.pem signer_key=tsa.key \
  certs=root.pem signer_digest=sha256 default_policy=1.2.3.4 digests=sha256 \
  ess_cert_id_alg=sha256 > tsa.cnf
: > index
echo 01 > crlnumber
printf '%s\n' [ca] default_ca=c [c] database=index crlnumber=crlnumber default_md=sha256 > ca.cnf
openssl ca -gencrl -config ca.cnf -keyfile root.key -cert root.pem -crldays 3650 -out root.crl
";

fn shell(folder: &Path, commands: &str) {
    let output = Command::new("sh")
        .args(["-ec", commands])
        .current_dir(folder)
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// One at a time: the serial number stands in a file.
static AT_ONCE: Mutex<()> = Mutex::new(());

fn reply(folder: &Path, query: &[u8]) -> Vec<u8> {
    let _turn = AT_ONCE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    std::fs::write(folder.join("query"), query).expect("written");
    shell(
        folder,
        "openssl ts -reply -config tsa.cnf -section t -queryfile query -out made",
    );
    std::fs::read(folder.join("made")).expect("an answer")
}

async fn door(
    State((folder, login)): State<(Arc<TempDir>, Option<String>)>,
    headers: HeaderMap,
    query: Bytes,
) -> Response {
    let said = headers.get(header::AUTHORIZATION);
    if login.is_some() && said.and_then(|said| said.to_str().ok()) != login.as_deref() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let kind = headers.get(header::CONTENT_TYPE);
    assert_eq!(kind.expect("a type"), "application/timestamp-query");
    let answer = tokio::task::spawn_blocking(move || reply(folder.path(), &query));
    let answer = answer.await.expect("an answer");
    (
        [(header::CONTENT_TYPE, "application/timestamp-reply")],
        answer,
    )
        .into_response()
}

/// A port on which TLS is spoken; whoever does not is turned away.
struct Secure {
    listener: tokio::net::TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Secure {
    type Io = TlsStream<tokio::net::TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else {
                continue;
            };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Tsa {
    /// An authority that nobody reaches over the network.
    pub(crate) fn new() -> Tsa {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        shell(folder.path(), MADE);
        Tsa {
            folder,
            url: None,
            roots: None,
            is_listed: true,
        }
    }

    /// The same behind a door on a free port, which may ask for a name and a password.
    pub(crate) async fn serve(login: Option<&str>) -> Tsa {
        let mut tsa = Tsa::new();
        let router = tsa.router(login);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        tsa.url = Some(format!("http://{address}/tsa"));
        tsa
    }

    /// The same behind TLS, under a certificate by its root for 127.0.0.1 and no name.
    pub(crate) async fn serve_secure(login: Option<&str>) -> Tsa {
        let mut tsa = Tsa::new();
        let folder = tsa.folder.path();
        shell(
            folder,
            "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=door \
               -keyout door.key -out door.csr
             printf '%s\\n' subjectAltName=IP:127.0.0.1 basicConstraints=CA:FALSE > door.ext
             openssl x509 -req -in door.csr -CA root.pem -CAkey root.key -CAcreateserial \
               -days 3650 -extfile door.ext -out door.pem",
        );
        let chain = CertificateDer::pem_file_iter(folder.join("door.pem")).expect("a file");
        let chain = chain.map(|one| one.expect("a certificate")).collect();
        let key = PrivateKeyDer::from_pem_file(folder.join("door.key")).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a door");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let door = Secure {
            listener: listener.expect("a port"),
            acceptor: TlsAcceptor::from(Arc::new(config)),
        };
        let address = door.listener.local_addr().expect("an address");
        let router = tsa.router(login);
        tokio::spawn(async move { axum::serve(door, router).await });
        tsa.url = Some(format!("https://{address}/tsa"));
        tsa.roots = Some(tsa.root());
        tsa
    }

    fn router(&self, login: Option<&str>) -> Router {
        let state = (Arc::clone(&self.folder), login.map(str::to_owned));
        Router::new().route("/tsa", post(door)).with_state(state)
    }

    /// The list of its root, of certificates that were revoked: none.
    pub(crate) fn lists(&self) -> PathBuf {
        self.folder.path().join("root.crl")
    }

    /// The certificate to be believed.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    /// What it answers to a question that was carried to it.
    pub(crate) fn answers(&self, query: &[u8]) -> Vec<u8> {
        reply(self.folder.path(), query)
    }

    /// Whether openssl accepts the response over this content.
    pub(crate) fn openssl_accepts(&self, content: &[u8], answer: &[u8]) -> bool {
        let folder = self.folder.path();
        std::fs::write(folder.join("data"), content).expect("written");
        std::fs::write(folder.join("answer"), answer).expect("written");
        let mut command = Command::new("openssl");
        command.args(["ts", "-verify", "-data", "data", "-in", "answer"]);
        command.args(["-CAfile", "root.pem"]).current_dir(folder);
        command.output().expect("openssl runs").status.success()
    }
}

/// openssl stamps by the clock of the machine, so the house must go by it too.
pub(crate) fn tell_the_time(world: &World) {
    let real = SystemClock.now();
    if world.house.spine.now() < real {
        world.clock.set(real);
    }
}
