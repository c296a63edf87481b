//! The words parties may say to each other, their limits and refusals.
