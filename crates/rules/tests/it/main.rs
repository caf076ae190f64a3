//! The tests of the rules 决策表测试.

#[cfg(test)]
mod analysis;
#[cfg(test)]
mod calculations;
#[cfg(test)]
mod cells;
#[cfg(test)]
mod dmn;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod tck;
#[cfg(test)]
mod world;
