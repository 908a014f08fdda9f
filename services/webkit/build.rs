//! Stops with one clear sentence when the front end has not been built.

fn main() {
    let manifest = std::path::Path::new("../../frontend/dist/manifest.json");
    println!("cargo::rerun-if-changed=../../frontend/dist");
    if !manifest.exists() {
        println!("cargo::error=The front end is not built. Run: make frontend");
    }
}
