//! The tests of the rules 决策表测试.

mod analysis;
mod calculations;
mod cells;
mod dmn;
mod generate;
mod hostile;
mod policies;
mod properties;
mod publishing;
mod tck;
mod world;
