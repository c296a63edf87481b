//! Both servers in one process on free ports.
