//! T13: a certificate for timestamps whose purpose is not critical (RFC 3161, 2.3). Our own
//! authority makes none, so OpenSSL does.

use std::path::Path;
use std::process::Command;

use bundle::draft::Draft;
use bundle::examine::Trust;
use signing::certificate::Certificate;
use signing::software_key::{SoftwareKey, SoftwareSigner};
use signing::stamping;
use signing::timestamp::query;

use crate::company::{Log, NOW};
use crate::seals;
use crate::second::both_of;
use crate::tampering::repair;

const MADE: &str = r"
printf '%s\n' [ca] default_ca=c [c] database=index new_certs_dir=. serial=serial default_md=sha256 \
  policy=p [p] commonName=supplied > ca.cnf
: > index; echo 01 > serial
echo basicConstraints=critical,CA:TRUE > root.ext
issue() {
  openssl ca -batch -notext -config ca.cnf -startdate 20260101000000Z -enddate 20400101000000Z $*
}
for name in root plain critical; do
  openssl ecparam -name prime256v1 -genkey -noout -out $name.key
  openssl req -new -key $name.key -subj /CN=$name -out $name.csr
  openssl pkcs8 -topk8 -nocrypt -in $name.key -outform DER -out $name.pk8
done
echo extendedKeyUsage=timeStamping > plain.ext
echo extendedKeyUsage=critical,timeStamping > critical.ext
issue -selfsign -keyfile root.key -in root.csr -extfile root.ext -out root.pem
for name in plain critical; do
  issue -keyfile root.key -cert root.pem -in $name.csr -extfile $name.ext -out $name.pem
done
";

fn stamped(folder: &Path, name: &str, content: &[u8]) -> Vec<u8> {
    let read = |end: &str| std::fs::read(folder.join(format!("{name}.{end}"))).unwrap();
    let key = SoftwareKey::from_pkcs8(&read("pk8")).unwrap();
    let chain = Certificate::read_all(&read("pem")).unwrap();
    let clock = SoftwareSigner::new(key, chain).unwrap();
    let at = kernel::Moment(i64::try_from(NOW - 60).unwrap() * 1_000);
    stamping::answer(&query(content, [5; 8]), &clock, at, [3; 16], [4; 32]).unwrap()
}

#[test]
fn t13_a_purpose_that_is_not_critical_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("bash")
        .args(["-euo", "pipefail", "-c", MADE])
        .current_dir(folder.path())
        .output();
    let Ok(made) = made else {
        return println!("NOT CHECKED: no shell");
    };
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{said}");
    let root = std::fs::read(folder.path().join("root.pem")).unwrap();
    let trust = Trust {
        clocks: Certificate::read_all(&root).unwrap(),
        ..seals::trust()
    };
    for (name, verdict, codes) in [
        ("critical", "VALID", vec![]),
        ("plain", "INVALID", vec!["timestamp.bad"]),
    ] {
        let draft = Draft::of(&Log::of(600, 200).about_c0()).unwrap();
        let manifest = draft.manifest().to_vec();
        let mut sealed = draft.folder().clone();
        for (path, content) in [
            (bundle::layout::SIGNATURE, seals::sign(&manifest)),
            (
                bundle::layout::TIMESTAMP,
                stamped(folder.path(), name, &manifest),
            ),
        ] {
            sealed.files.insert(path.to_owned(), content);
        }
        repair(&mut sealed);
        let answer = both_of(&sealed, &trust);
        let found: Vec<&str> = answer.1.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!((answer.0.as_str(), found), (verdict, codes), "{name}");
    }
}
