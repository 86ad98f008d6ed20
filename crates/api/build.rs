//! Builds again when the web app was built: the program embeds it, and cargo does not see files that come new.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
