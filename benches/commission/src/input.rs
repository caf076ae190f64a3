//! The four Parquet files of the workload as columns.

use std::fs::File;
use std::path::Path;

use commission::bulk::{NOBODY, OwnerRow, Owners, Rates, Terms};
use commission::schedule::{Band, Ladder, Reach};
use kernel::{Bps, Fen};
use parquet::column::reader::ColumnReader;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A row group of orders.
#[derive(Default)]
pub struct Columns {
    pub order: Vec<i64>,
    pub customer: Vec<i32>,
    pub day: Vec<i32>,
    pub amount: Vec<i64>,
    levels: Vec<i16>,
}

pub fn open(folder: &Path, name: &str) -> Result<SerializedFileReader<File>, Error> {
    let path = folder.join(format!("{name}.parquet"));
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(SerializedFileReader::new(file)?)
}

macro_rules! column {
    ($name:ident, $variant:ident, $type:ty) => {
        fn $name(
            group: &dyn RowGroupReader,
            index: usize,
            values: &mut Vec<$type>,
            levels: &mut Vec<i16>,
        ) -> Result<(), Error> {
            let rows = usize::try_from(group.metadata().num_rows())?;
            let wanted = values.len() + rows;
            values.reserve(rows);
            let ColumnReader::$variant(mut reader) = group.get_column_reader(index)? else {
                return Err(format!("column {index} has another type").into());
            };
            while values.len() < wanted {
                levels.clear();
                let left = wanted - values.len();
                let (read, ..) = reader.read_records(left, Some(levels), None, values)?;
                if read == 0 {
                    break;
                }
            }
            if values.len() != wanted {
                return Err(format!("column {index} has empty cells").into());
            }
            Ok(())
        }
    };
}

column!(wide, Int64ColumnReader, i64);
column!(narrow, Int32ColumnReader, i32);

impl Columns {
    /// Puts a row group behind what is there.
    pub fn read(&mut self, file: &SerializedFileReader<File>, group: usize) -> Result<(), Error> {
        let group = file.get_row_group(group)?;
        wide(&*group, 0, &mut self.order, &mut self.levels)?;
        narrow(&*group, 1, &mut self.customer, &mut self.levels)?;
        narrow(&*group, 2, &mut self.day, &mut self.levels)?;
        wide(&*group, 3, &mut self.amount, &mut self.levels)
    }

    pub fn clear(&mut self) {
        self.order.clear();
        self.customer.clear();
        self.day.clear();
        self.amount.clear();
    }
}

/// All columns of a small file, whatever whole numbers they are.
fn table(folder: &Path, name: &str) -> Result<Vec<Vec<i64>>, Error> {
    let file = open(folder, name)?;
    let columns = file.metadata().file_metadata().schema_descr().num_columns();
    let mut table = vec![Vec::new(); columns];
    let mut levels = Vec::new();
    for number in 0..file.num_row_groups() {
        let group = file.get_row_group(number)?;
        for (index, column) in table.iter_mut().enumerate() {
            if let ColumnReader::Int64ColumnReader(_) = group.get_column_reader(index)? {
                wide(&*group, index, column, &mut levels)?;
            } else {
                let mut values = Vec::new();
                narrow(&*group, index, &mut values, &mut levels)?;
                column.extend(values.into_iter().map(i64::from));
            }
        }
    }
    Ok(table)
}

/// Ownership: the number of a customer or a representative is its id.
pub fn owners(folder: &Path) -> Result<Owners, Error> {
    let table = table(folder, "ownership")?;
    let mut rows = Vec::with_capacity(table[0].len());
    for at in 0..table[0].len() {
        let previous = match table[3][at] {
            0 => NOBODY,
            rep => u32::try_from(rep)?,
        };
        let row = OwnerRow {
            from: i32::try_from(table[4][at])?,
            until: i32::try_from(table[5][at])?,
            owner: u32::try_from(table[2][at])?,
            previous,
        };
        rows.push((u32::try_from(table[0][at])?, row));
    }
    let highest = rows
        .iter()
        .map(|(customer, _)| *customer)
        .max()
        .unwrap_or(0);
    Ok(Owners::new(highest + 1, rows)?)
}

/// First days of the eight quarters of 2024 and 2025, and the day after.
const QUARTERS: [i32; 9] = [
    19_723, 19_814, 19_905, 19_997, 20_089, 20_179, 20_270, 20_362, 20_454,
];

/// Plans of all representatives: what is valid on the first day of a quarter counts in it.
pub fn terms(folder: &Path) -> Result<Terms, Error> {
    let given = table(folder, "rep_plan")?;
    let versions = table(folder, "plan_version")?;
    let highest = given[0].iter().copied().max().unwrap_or(0);
    let windows = QUARTERS.len() - 1;
    let mut rates: Vec<Option<Rates>> = vec![None; (usize::try_from(highest)? + 1) * windows];
    for at in 0..given[0].len() {
        for (window, start) in QUARTERS[..windows].iter().enumerate() {
            let start = i64::from(*start);
            let valid = |from: i64, until: i64| from <= start && start < until;
            if !valid(given[2][at], given[3][at]) {
                continue;
            }
            let row = (0..versions[0].len()).find(|&row| {
                versions[0][row] == given[1][at] && valid(versions[2][row], versions[3][row])
            });
            let row = row.ok_or("a plan has no version")?;
            let bounds = [0, versions[4][row], versions[5][row], versions[6][row]];
            let bands = bounds.into_iter().zip(7..11).map(|(from, column)| Band {
                from: Fen(from),
                rate: Bps(versions[column][row]),
                reach: Reach::Excess,
            });
            let ladder = Ladder::new(bands.collect())?;
            let (plan, version) = (
                i32::try_from(versions[0][row])?,
                i32::try_from(versions[1][row])?,
            );
            let place = usize::try_from(given[0][at])? * windows + window;
            rates[place] = Rates::of(&ladder, plan, version);
        }
    }
    Ok(Terms {
        windows: QUARTERS.to_vec(),
        rates,
        steps: vec![(30, 7_000), (60, 5_000), (90, 3_000)],
    })
}
