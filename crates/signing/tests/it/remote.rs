//! A signing service on the other side of HTTP: the reference server speaks the API of the Cloud
//! Signature Consortium over a real socket, with its own key, and asks for the holder's code.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Refusal;
use serde_json::{Value, json};
use signing::authority::Profile;
use signing::remote::{Call, RemoteSigner, Transport};
use signing::sign::prepare;
use signing::signer::Signer;
use signing::verify::verify;

use crate::people::{PACKED, TYPST, company, key, sign_plain, signer, wish};

const CODE: &str = "428913";

/// How the server answers.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Right,
    /// Signs something else.
    OtherDigest,
    /// Gives two signatures.
    Twice,
    /// Babbles.
    Nonsense,
}

fn serve(manner: Manner) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), manner);
        }
    });
    address
}

/// One request, one answer.
fn answer(mut stream: TcpStream, manner: Manner) {
    let request = read_all(&mut stream);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let asked: Value = serde_json::from_str(body).unwrap();
    let (status, said) = reply(&path, &asked, manner);
    let text = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
        said.len()
    );
    stream.write_all(text.as_bytes()).unwrap();
}

fn reply(path: &str, asked: &Value, manner: Manner) -> (u16, String) {
    let company = company();
    let holder = signer(&company.authority, key(31), "陈静", Profile::Signer);
    if asked["credentialID"] != "chen-jing" {
        return (404, String::new());
    }
    match path {
        "/csc/v2/credentials/info" => {
            let chain: Vec<String> = holder
                .chain()
                .iter()
                .map(|one| STANDARD.encode(one.der()))
                .collect();
            (
                200,
                json!({"cert": {"status": "valid", "certificates": chain}}).to_string(),
            )
        }
        "/csc/v2/signatures/signHash" if asked["SAD"] != CODE => (400, String::new()),
        "/csc/v2/signatures/signHash" if manner == Manner::Nonsense => (200, "[".repeat(5000)),
        "/csc/v2/signatures/signHash" => {
            assert_eq!(asked["signAlgo"], "1.2.840.10045.4.3.2");
            assert_eq!(asked["hashAlgorithmOID"], "2.16.840.1.101.3.4.2.1");
            let digest = STANDARD
                .decode(asked["hashes"][0].as_str().unwrap())
                .unwrap();
            let mut digest: [u8; 32] = digest.try_into().unwrap();
            if manner == Manner::OtherDigest {
                digest[0] ^= 1;
            }
            let signature = STANDARD.encode(key(31).sign_digest(&digest, [0; 32]).unwrap());
            let count = if manner == Manner::Twice { 2 } else { 1 };
            (
                200,
                json!({"signatures": vec![signature; count]}).to_string(),
            )
        }
        _ => (404, String::new()),
    }
}

/// As much as the head says follows it.
fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).unwrap();
        assert!(count > 0, "the other side hung up");
        bytes.extend(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("Content-Length: "));
        if body.len() >= length.unwrap().trim().parse().unwrap() {
            return text;
        }
    }
}

struct Http(SocketAddr);

impl Transport for Http {
    fn post(&self, call: &Call) -> Result<Vec<u8>, Refusal> {
        let mut stream = TcpStream::connect(self.0).unwrap();
        let text = format!(
            "POST /csc/v2/{} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{}",
            call.path,
            call.body.len(),
            call.body
        );
        stream.write_all(text.as_bytes()).unwrap();
        let answer = read_all(&mut stream);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        if !head.starts_with("HTTP/1.1 200") {
            return Err(Refusal::invalid(
                "signing.remote",
                "服务拒绝",
                "The service says no",
            ));
        }
        Ok(body.as_bytes().to_vec())
    }
}

#[test]
fn a_service_signs_with_its_holders_code() {
    let signer = RemoteSigner::connect(Http(serve(Manner::Right)), "chen-jing", CODE).unwrap();
    let signed = sign_plain(PACKED, &signer, "陈静");
    let report = verify(&signed, &company().trust()).unwrap();
    assert!(report.valid, "{report:#?}");
    assert_eq!(
        report.signatures[0].certificate.as_ref().unwrap().holder,
        "陈静"
    );
}

#[test]
fn without_the_code_nothing_is_signed() {
    let signer = RemoteSigner::connect(Http(serve(Manner::Right)), "chen-jing", "000000").unwrap();
    let prepared = prepare(TYPST, &wish(&signer, "陈静")).unwrap();
    assert!(signer.sign(&prepared.to_sign(), [0; 32]).is_err());
    assert!(RemoteSigner::connect(Http(serve(Manner::Right)), "nobody", CODE).is_err());
}

#[test]
fn a_service_that_misbehaves_is_caught() {
    for manner in [Manner::OtherDigest, Manner::Twice, Manner::Nonsense] {
        let signer = RemoteSigner::connect(Http(serve(manner)), "chen-jing", CODE).unwrap();
        let prepared = prepare(TYPST, &wish(&signer, "陈静")).unwrap();
        let refusal = signer.sign(&prepared.to_sign(), [0; 32]).unwrap_err();
        assert_eq!(refusal.code, "signing.remote_answer");
    }
}
