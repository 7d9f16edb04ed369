// Pistache's library is not instrumented: how it hands descriptors from its accepting to its
// reading threads is not seen by the thread sanitizer, which would call each handing over a race.
// Nor are its reference counts and the joining of its threads: it often gives back the last
// reference to a connection, whose end then seems to race with whoever used it before.

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the sanitizer's own name
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
    return "called_from_lib:libpistache.so\n"
           "race:std::_Sp_counted_ptr_inplace<khom::server::Wire\n";
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
