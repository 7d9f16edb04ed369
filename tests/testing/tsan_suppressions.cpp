// Pistache's library is not instrumented: how it hands descriptors from its accepting to its
// reading threads is not seen by the thread sanitizer, which would call each handing over a race.

extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
    return "called_from_lib:libpistache.so\n";
}
