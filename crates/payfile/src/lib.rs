//! Reads pay files as they really come, into rows and records.
//!
//! Pure: bytes in, values out. Knows nothing of cryptography, browsers or disks. No problem reported here
//! carries anybody's pay, in its text or in its `Debug`; callers add that nothing was sent.
//!
//! # Map
//! [`Table::parse`] finds encoding, delimiter and header and keeps the cells. [`Table::mapping_of`] says which
//! column is which dimension and which is which measure. [`read_records`] turns rows into [`survey::Record`]s, or names
//! every row that must be mended first. [`infer_schema`] writes the schema that fits a file, for rehearsals.
//!
//! ```
//! use payfile::{Options, Table, infer_schema, read_records};
//!
//! let table = Table::parse("sex;pay\nw;45.300,50\nm;46.000,00\n".as_bytes()).unwrap();
//! let mapping = table.mapping("Sex", "Pay").unwrap();
//! let schema = infer_schema(&table, mapping, None, "EUR", Options::default()).unwrap();
//! let reading = read_records(&table, &schema, mapping, Options::default()).unwrap();
//! assert_eq!(reading.records().len(), 2);
//! assert_eq!(schema.compared().categories()[schema.reference()].as_str(), "m");
//! ```

mod amount;
mod bare;
mod column;
mod currency;
mod decode;
mod delimiter;
mod encoding;
mod file_problem;
mod header;
mod infer;
mod left_out;
mod number_format;
mod quotes;
mod read;
mod reference;
mod row;
mod row_problem;
mod table;

pub use amount::{AmountProblem, parse_amount};
pub use column::{Column, ColumnNames, ColumnProblem, Mapping};
pub use file_problem::{FileKind, FileProblem, RaggedRow};
pub use infer::{InferProblem, Wish, infer_schema, infer_schema_by};
pub use left_out::LeftOut;
pub use number_format::{Detection, NumberFormat};
pub use read::{Options, Question, Reading, read_records};
pub use row_problem::{RowProblem, RowProblemKind, RowProblems};
pub use table::Table;
