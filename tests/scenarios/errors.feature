Feature: What is said when a question cannot be answered

  Background:
    Given the city of Chiang Mai

  Scenario: A variable nobody introduced
    When asking:
      """
      MATCH (p:Place)
      RETURN q.name_th
      """
    Then a SyntaxError is raised: UndefinedVariable
    And it says: The variable 'q' is not defined here.

  Scenario: A word that is misspelt
    When asking:
      """
      MATCH (p:Place) RETRUN p
      """
    Then a SyntaxError is raised: UnexpectedSyntax
    And it says: 'RETRUN' stands where a clause (MATCH, WITH, RETURN, UNWIND, CREATE, MERGE, SET, REMOVE, DELETE, CALL) was expected.

  Scenario: A parenthesis that is not closed
    When asking:
      """
      MATCH (p:Place
      RETURN p
      """
    Then a SyntaxError is raised: UnexpectedSyntax
    And it says: 'RETURN' stands where a variable, ':', '{' or ')' was expected.

  Scenario: A function that is not there
    When asking:
      """
      RETURN romanise('วัด')
      """
    Then a SyntaxError is raised: UnknownFunction
    And it says: There is no function 'romanise'.

  Scenario: Counting where nothing is grouped
    When asking:
      """
      MATCH (p:Place)
      WHERE count(p) > 3
      RETURN p
      """
    Then a SyntaxError is raised: InvalidAggregation
    And it says: count() aggregates rows and may only stand in WITH and RETURN.

  Scenario: A parameter that was not given
    When asking:
      """
      MATCH (p:Place {id: $id})
      RETURN p
      """
    Then a ParameterMissing is raised: MissingParameter
    And it says: The parameter $id was not given.

  Scenario: A month that does not exist
    When asking:
      """
      RETURN date('2024-13-01')
      """
    Then an ArgumentError is raised: InvalidArgumentValue
    And it says: '2024-13-01' does not read as a temporal value in ISO 8601.

  Scenario: A procedure that is not there
    When asking:
      """
      CALL khom.everything()
      """
    Then a ProcedureError is raised: ProcedureNotFound
    And it says: There is no procedure 'khom.everything'.
