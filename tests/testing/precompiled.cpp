int main() {
    return 0;
}  // exists to own the precompiled header
