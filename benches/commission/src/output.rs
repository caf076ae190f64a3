//! Lines as Parquet: one row group for each block, all columns delta-packed.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use commission::bulk::Lines;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor};

use crate::delta;
use crate::input::Error;

const LINES: &str = "message lines {
    REQUIRED INT64 order_id; REQUIRED INT32 role; REQUIRED INT32 rep_id; REQUIRED INT32 quarter;
    REQUIRED INT32 plan_id; REQUIRED INT32 version; REQUIRED INT64 credit_cents;
    REQUIRED INT64 cum_before_cents; REQUIRED INT64 commission_cents; REQUIRED INT32 share_bp;
    REQUIRED INT64 tier0_cents; REQUIRED INT64 tier1_cents; REQUIRED INT64 tier2_cents;
    REQUIRED INT64 tier3_cents; }";

const SUMMARY: &str = "message summary {
    REQUIRED INT32 rep_id; REQUIRED INT32 quarter; REQUIRED INT64 lines;
    REQUIRED INT64 credit_cents; REQUIRED INT64 commission_cents; }";

/// A file that takes encoded row groups.
pub struct Output {
    writer: SerializedFileWriter<BufWriter<File>>,
}

/// Columns of one row group, ready to be appended.
pub type Encoded = Vec<(Bytes, ColumnCloseResult)>;

pub struct Shape {
    schema: SchemaDescPtr,
}

impl Output {
    pub fn lines(folder: &Path) -> Result<(Output, Shape), Error> {
        Output::create(&folder.join("lines.parquet"), LINES)
    }

    pub fn summary(folder: &Path) -> Result<(Output, Shape), Error> {
        Output::create(&folder.join("summary.parquet"), SUMMARY)
    }

    fn create(path: &Path, schema: &str) -> Result<(Output, Shape), Error> {
        let schema = Arc::new(parse_message_type(schema)?);
        let properties = Arc::new(WriterProperties::builder().build());
        let file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let writer = SerializedFileWriter::new(file, schema.clone(), properties)?;
        let schema = Arc::new(SchemaDescriptor::new(schema));
        Ok((Output { writer }, Shape { schema }))
    }

    pub fn append(&mut self, columns: Encoded) -> Result<(), Error> {
        let mut group = self.writer.next_row_group()?;
        for (bytes, close) in columns {
            group.append_column(&bytes, close)?;
        }
        group.close()?;
        Ok(())
    }

    pub fn close(self) -> Result<(), Error> {
        self.writer.close()?;
        Ok(())
    }
}

impl Shape {
    fn column(&self, index: usize, values: &[i64]) -> Result<(Bytes, ColumnCloseResult), Error> {
        let mut packed = Vec::with_capacity(values.len() * 3);
        delta::encode(values, &mut packed);
        let size = packed.len();
        let page = Page::DataPage {
            buf: Bytes::from(packed),
            num_values: u32::try_from(values.len())?,
            encoding: Encoding::DELTA_BINARY_PACKED,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let mut sink = TrackedWrite::new(Vec::with_capacity(size + 64));
        let written =
            SerializedPageWriter::new(&mut sink).write_page(CompressedPage::new(page, size))?;
        let bytes = i64::try_from(written.bytes_written)?;
        let metadata = ColumnChunkMetaData::builder(self.schema.column(index))
            .set_encodings(vec![Encoding::RLE, Encoding::DELTA_BINARY_PACKED])
            .set_compression(Compression::UNCOMPRESSED)
            .set_num_values(i64::try_from(values.len())?)
            .set_total_compressed_size(bytes)
            .set_total_uncompressed_size(bytes)
            .set_data_page_offset(0)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: written.bytes_written,
            rows_written: u64::try_from(values.len())?,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((Bytes::from(sink.into_inner()?), close))
    }

    /// Encodes the lines of a block; there is at least one.
    pub fn encode_lines(&self, lines: &Lines, room: &mut Vec<i64>) -> Result<Encoded, Error> {
        let mut columns = vec![self.column(0, &lines.order)?];
        room.clear();
        room.extend(lines.role.iter().map(|role| i64::from(*role)));
        columns.push(self.column(1, room)?);
        let of_run: [fn(&commission::bulk::Run) -> i64; 4] = [
            |run| i64::from(run.payee),
            |run| i64::from(run.window),
            |run| i64::from(run.plan),
            |run| i64::from(run.version),
        ];
        for (index, value) in (2..).zip(of_run) {
            room.clear();
            for run in &lines.runs {
                room.resize(room.len() + run.lines, value(run));
            }
            columns.push(self.column(index, room)?);
        }
        columns.push(self.column(6, &lines.credit)?);
        columns.push(self.column(7, &lines.before)?);
        columns.push(self.column(8, &lines.commission)?);
        columns.push(self.column(9, &lines.share)?);
        for (index, band) in (10..).zip(&lines.bands) {
            columns.push(self.column(index, band)?);
        }
        Ok(columns)
    }

    /// Encodes whole columns of a small table.
    pub fn encode(&self, columns: &[Vec<i64>]) -> Result<Encoded, Error> {
        columns
            .iter()
            .enumerate()
            .map(|(index, column)| self.column(index, column))
            .collect()
    }
}
