//! The cases of the DMN Technology Compatibility Kit, from the shared conformance data.
//!
//! Every case of every file stands in one of two lists: `fits.txt` (it is run and must come out)
//! or `unfit.txt` (with the reason why it asks for more than S-FEEL decision tables). A case in
//! neither, in both, or that is gone from the data fails the test; so does one that stands among
//! the unfit though it comes out.

mod ask;
mod expected;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use roxmltree::Document;

/// `level2/0004-simpletable-U 001`
type CaseId = String;

/// The folder of the kit; nothing, said aloud, when the shared data is absent.
fn kit() -> Option<PathBuf> {
    let beside_the_clone = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"));
    let folder = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .into_iter()
        .chain(beside_the_clone)
        .map(|shared| shared.join("data/conformance/dmn-tck"))
        .find(|folder| folder.is_dir());
    if folder.is_none() {
        println!("skipped: shared data absent (dmn-tck): no case of the DMN TCK was run");
    }
    folder
}

fn folders(kit: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for level in ["level2", "level3"] {
        for folder in std::fs::read_dir(kit.join(level)).unwrap() {
            let folder = folder.unwrap().path();
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            found.push((format!("{level}/{name}"), folder));
        }
    }
    found.sort();
    found
}

/// What became of each case: what it was run as, or why not.
fn run(kit: &Path) -> BTreeMap<CaseId, Result<&'static str, String>> {
    let mut all = BTreeMap::new();
    for (name, folder) in folders(kit) {
        let stem = name.split('/').next_back().unwrap();
        let model = std::fs::read(folder.join(format!("{stem}.dmn"))).unwrap();
        let tests = std::fs::read_to_string(folder.join(format!("{stem}-test-01.xml"))).unwrap();
        let model = ask::Model::of(&model);
        let document = Document::parse(&tests).unwrap();
        let cases = document
            .descendants()
            .filter(|it| it.tag_name().name() == "testCase");
        for (n, case) in cases.enumerate() {
            let id = case
                .attribute("id")
                .map_or_else(|| format!("#{n}"), str::to_owned);
            let known = all.insert(format!("{name} {id}"), model.run(case));
            assert!(known.is_none(), "{name} {id} stands twice in the kit");
        }
    }
    all
}

fn fits() -> BTreeSet<CaseId> {
    listed(include_str!("fits.txt"))
}

fn unfit() -> BTreeSet<CaseId> {
    listed(include_str!("unfit.txt"))
}

/// Lines `level/folder: case, case, …`; lines that begin with `#` say why. A case may hold spaces.
fn listed(text: &str) -> BTreeSet<CaseId> {
    let mut all = BTreeSet::new();
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
    {
        let (folder, cases) = line
            .split_once(": ")
            .unwrap_or_else(|| panic!("no case in: {line}"));
        for case in cases.split(", ") {
            assert!(
                all.insert(format!("{folder} {case}")),
                "{folder} {case} stands twice"
            );
        }
    }
    all
}

#[test]
fn every_case_is_run_or_has_its_reason() {
    let (fits, unfit) = (fits(), unfit());
    let both: Vec<_> = fits.intersection(&unfit).collect();
    assert!(both.is_empty(), "in both lists: {both:?}");
    let Some(kit) = kit() else { return };
    let all = run(&kit);
    let mut wrong = Vec::new();
    for (case, outcome) in &all {
        match (fits.contains(case), unfit.contains(case), outcome) {
            (true, _, Ok(_)) | (_, true, Err(_)) => {}
            (true, _, Err(why)) => wrong.push(format!("{case} must come out: {why}")),
            (_, true, Ok(how)) => wrong.push(format!("{case} comes out as {how}: it fits")),
            (false, false, outcome) => wrong.push(format!("{case} is in no list: {outcome:?}")),
        }
    }
    let gone = fits.union(&unfit).filter(|case| !all.contains_key(*case));
    wrong.extend(gone.map(|case| format!("{case} is gone from the kit")));
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for how in all.values().filter_map(|it| it.as_ref().ok()) {
        *kinds.entry(how).or_default() += 1;
    }
    println!(
        "dmn-tck: {} of {} cases run {kinds:?}, {} unfit",
        fits.len(),
        all.len(),
        unfit.len()
    );
}

#[test]
fn every_group_of_unfit_cases_gives_its_reason() {
    let mut said = false;
    for line in include_str!("unfit.txt").lines() {
        match line.strip_prefix('#') {
            Some(reason) => said |= reason.trim().len() > 20,
            None if line.trim().is_empty() => said = false,
            None => assert!(said, "no reason above: {line}"),
        }
    }
}

/// `0020-vacation-days` joins three tables by a formula. The joint is not ours; the tables are.
#[test]
fn the_tables_of_vacation_days_add_up() {
    let Some(kit) = kit() else { return };
    let folder = kit.join("level3/0020-vacation-days");
    let model = ask::Model::of(&std::fs::read(folder.join("0020-vacation-days.dmn")).unwrap());
    let tests = std::fs::read_to_string(folder.join("0020-vacation-days-test-01.xml")).unwrap();
    let document = Document::parse(&tests).unwrap();
    let cases = document
        .descendants()
        .filter(|it| it.tag_name().name() == "testCase");
    let mut count = 0;
    for case in cases {
        let days = |n: u8| model.number(&format!("Extra days case {n}"), case);
        let total = 22 + days(1).max(days(3)) + days(2);
        let expected = case
            .descendants()
            .find(|it| it.tag_name().name() == "expected")
            .unwrap();
        assert_eq!(
            expected::Expected::of(expected),
            expected::Expected::number(total)
        );
        count += 1;
    }
    assert_eq!(count, 7);
}

/// Writes the outcome of every case to standard output, to bring the lists up to date by hand.
#[test]
#[ignore = "a tool, not a test: run it with --ignored --nocapture"]
fn tell_every_case() {
    let Some(kit) = kit() else { return };
    for (case, outcome) in run(&kit) {
        println!("CASE\t{case}\t{outcome:?}");
    }
}
