#include "graph/failure.h"

namespace khom::graph {

const char* name(RefusalCode code) {
    switch (code) {
        case RefusalCode::syntax_error:
            return "SyntaxError";
        case RefusalCode::semantic_error:
            return "SemanticError";
        case RefusalCode::parameter_missing:
            return "ParameterMissing";
        case RefusalCode::constraint_verification_failed:
            return "ConstraintVerificationFailed";
        case RefusalCode::constraint_validation_failed:
            return "ConstraintValidationFailed";
        case RefusalCode::entity_not_found:
            return "EntityNotFound";
        case RefusalCode::property_not_found:
            return "PropertyNotFound";
        case RefusalCode::label_not_found:
            return "LabelNotFound";
        case RefusalCode::type_error:
            return "TypeError";
        case RefusalCode::argument_error:
            return "ArgumentError";
        case RefusalCode::arithmetic_error:
            return "ArithmeticError";
        case RefusalCode::procedure_error:
            return "ProcedureError";
        case RefusalCode::invalid_data:
            return "InvalidData";
        case RefusalCode::gone:
            return "Gone";
        case RefusalCode::conflict:
            return "Conflict";
        case RefusalCode::forbidden:
            return "Forbidden";
        case RefusalCode::limit_exceeded:
            return "LimitExceeded";
        case RefusalCode::deadline_exceeded:
            return "DeadlineExceeded";
        case RefusalCode::cancelled:
            return "Cancelled";
        case RefusalCode::overloaded:
            return "Overloaded";
        case RefusalCode::locked:
            return "Locked";
        case RefusalCode::unsupported:
            return "Unsupported";
        case RefusalCode::storage_unavailable:
            return "StorageUnavailable";
    }
    return "Unknown";
}

}  // namespace khom::graph
