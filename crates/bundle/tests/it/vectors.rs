//! The second verifier against other people's vectors, as the first one is in `evidence`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Notes, cosignatures, proofs of both kinds and tlog-proofs; prints how many agreed.
const CHECK: &str = r#"
import base64, glob, importlib.util, json, sys
spec = importlib.util.spec_from_file_location("second", sys.argv[1])
second = importlib.util.module_from_spec(spec)
spec.loader.exec_module(second)
data, agreed = sys.argv[2], 0

def cases(name):
    for path in sorted(glob.glob("%s/%s/*.json" % (data, name))):
        yield path, json.load(open(path, encoding="utf-8"))

def hashes(texts):
    return [base64.b64decode(text) for text in texts or []]

def attempt(act):
    try:
        return bool(act())
    except (second.Bad, UnicodeDecodeError):
        return False

def agree(path, found, wanted):
    global agreed
    assert found == wanted, path
    agreed += 1

for path, case in cases("merkle-proofs/inclusion"):
    leaf, root = (base64.b64decode(case[name] or "") for name in ("leafHash", "root"))
    if len(leaf) == len(root) == 32:
        place, size = case["leafIdx"], case["treeSize"]
        found = second.included(place, leaf, hashes(case["proof"]), size, root)
        agree(path, found, not case["wantErr"])
for path, case in cases("merkle-proofs/consistency"):
    one, two = (base64.b64decode(case[name] or "") for name in ("root1", "root2"))
    if len(one) == len(two) == 32:
        found = second.continued(case["size1"], one, case["size2"], two, hashes(case["proof"]))
        agree(path, found, not case["wantErr"])
for path, case in cases("signed-note"):
    def signed():
        text, signatures = second.read_note(base64.b64decode(case["message_b64"]).decode())
        keys = [second.read_key(vkey) for vkey in case["trusted_vkeys"]]
        return second.who_signed(text, signatures, keys)
    agree(path, attempt(signed), case["expect"] == "accept")
for path, case in cases("cosignature"):
    text, signatures = second.read_note(case["note"])
    keys = list(map(second.read_key, case["vkeys"]))
    agree(path, bool(second.who_signed(text, signatures, keys)), True)
    agree(path, second.who_signed(text + "x\n", signatures, keys), None)
key = second.read_key(open(data + "/tessera-log/vkey.txt").read().strip())
bundle, entries = open(data + "/tessera-log/tile/entries/000.p/15", "rb").read(), []
while bundle:
    length = int.from_bytes(bundle[:2], "big")
    entries.append(bundle[2:2 + length])
    bundle = bundle[2 + length:]
for path in sorted(glob.glob(data + "/tlog-proof-tessera/*")):
    index, proof, checkpoint = second.read_proof(open(path, encoding="utf-8").read())
    text, signatures = second.read_note(checkpoint)
    assert second.who_signed(text, signatures, [key]), path
    _, size, root = second.read_checkpoint(text)
    for n, entry in enumerate(entries):
        found = second.included(index, second.leaf_hash(entry), proof, size, root)
        agree(path, found, n == index)
print(agreed)
"#;

/// The folder `data/tlog` of the shared data; `None`, said aloud, when it is absent.
fn vectors() -> Option<PathBuf> {
    let beside_the_clone = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"));
    let folder = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .into_iter()
        .chain(beside_the_clone)
        .map(|shared| shared.join("data/tlog"))
        .find(|folder| folder.exists());
    if folder.is_none() {
        println!("skipped: shared data absent (tlog)");
    }
    folder
}

#[test]
fn the_second_verifier_agrees_with_the_vectors() {
    let Some(folder) = vectors() else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("verifier/baton-verify.py");
    let output = Command::new("python3")
        .args(["-B", "-c", CHECK])
        .args([&script, &folder])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let agreed: usize = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .unwrap();
    assert!(agreed > 1_000, "only {agreed} cases");
}
