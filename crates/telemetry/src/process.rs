//! What the process takes of its machine. Read from `/proc`, so on Linux only.

use crate::catalogue::{BUILD, CPUS};
use metrics::gauge;

/// Records what the process takes at this moment.
pub fn sample() {
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    if let Ok(cpus) = std::thread::available_parallelism() {
        gauge!(CPUS).set(cpus.get() as f64);
    }
    #[cfg(target_os = "linux")]
    linux::sample();
}

/// Name of the machine; `None` where it is not known.
pub fn node() -> Option<String> {
    #[cfg(unix)]
    return rustix::system::uname().nodename().to_str().ok().map(str::to_owned);
    #[cfg(not(unix))]
    return None;
}

/// Resident memory of the process and what it may use, bytes; `None` where it is not known.
pub fn memory() -> Option<(u64, u64)> {
    #[cfg(target_os = "linux")]
    return Some((linux::resident()?, linux::memory_limit()?));
    #[cfg(not(target_os = "linux"))]
    return None;
}

#[cfg(target_os = "linux")]
mod linux {
    use crate::catalogue::{
        MEMORY_LIMIT, PROCESS_CPU, PROCESS_FDS, PROCESS_MAX_FDS, PROCESS_MEMORY, PROCESS_START,
        PROCESS_THREADS,
    };
    use metrics::{counter, gauge};
    use std::fs::{read_dir, read_to_string};

    pub(super) fn sample() {
        if let Some(stat) = stat() {
            // Whole seconds: counters of the exposition are whole numbers.
            counter!(PROCESS_CPU).absolute(stat.cpu_ticks / ticks());
            gauge!(PROCESS_THREADS).set(stat.threads as f64);
            if let Some(boot) = boot_time() {
                gauge!(PROCESS_START).set((boot + stat.start_ticks / ticks()) as f64);
            }
        }
        if let Some(bytes) = resident() {
            gauge!(PROCESS_MEMORY).set(bytes as f64);
        }
        if let Some(bytes) = memory_limit() {
            gauge!(MEMORY_LIMIT).set(bytes as f64);
        }
        if let Ok(files) = read_dir("/proc/self/fd") {
            gauge!(PROCESS_FDS).set(files.count() as f64);
        }
        if let Some(most) = most_files() {
            gauge!(PROCESS_MAX_FDS).set(most as f64);
        }
    }

    struct Stat {
        cpu_ticks: u64,
        threads: u64,
        start_ticks: u64,
    }

    /// Fields behind the name of the program, which may hold anything: proc_pid_stat(5), from the third on.
    fn stat() -> Option<Stat> {
        let text = read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        Some(Stat { cpu_ticks: field(14)? + field(15)?, threads: field(20)?, start_ticks: field(22)? })
    }

    fn ticks() -> u64 {
        rustix::param::clock_ticks_per_second().max(1)
    }

    fn boot_time() -> Option<u64> {
        let text = read_to_string("/proc/stat").ok()?;
        text.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()
    }

    pub(super) fn resident() -> Option<u64> {
        let text = read_to_string("/proc/self/statm").ok()?;
        let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
        Some(pages * rustix::param::page_size() as u64)
    }

    /// The limit of the process's group, else the memory of the machine.
    pub(super) fn memory_limit() -> Option<u64> {
        let machine = read_to_string("/proc/meminfo").ok()?;
        let line = machine.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        let total = line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024;
        let group = read_to_string("/sys/fs/cgroup/memory.max").ok();
        let limit = group.and_then(|text| text.trim().parse::<u64>().ok());
        Some(limit.map_or(total, |limit| limit.min(total)))
    }

    fn most_files() -> Option<u64> {
        let text = read_to_string("/proc/self/limits").ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("Max open files"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}
