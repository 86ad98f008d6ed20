//! The worker's side of the sandbox, so that tests can start it.

fn main() -> std::process::ExitCode {
    greenroom_documents::sandbox::worker_main()
}
