Feature: Changing the graph

  Background:
    Given the city of Chiang Mai

  Scenario: A new lantern is hung
    When asking:
      """
      CREATE (n:Object {id: 'object:new-lantern', name_th: 'โคมใหม่'})
      RETURN n.id, n.name_th
      """
    Then the rows are:
      | n.id                 | n.name_th |
      | 'object:new-lantern' | 'โคมใหม่' |

  Scenario: A partner that is there is not made again
    When asking:
      """
      MERGE (o:Partner {id: 'partner:breath-council'})
      ON CREATE SET o.made = true
      ON MATCH SET o.met = true
      RETURN o.made, o.met
      """
    Then the rows are:
      | o.made | o.met |
      | null   | true  |

  Scenario: A link is made between two that are there
    When asking:
      """
      MATCH (a:Partner {id: 'partner:breath-council'}), (c:Place {id: 'place:mae-kha-canal'})
      CREATE (a)-[s:STEWARDS {certainty: 'stated'}]->(c)
      RETURN type(s), s.certainty
      """
    Then the rows are:
      | type(s)    | s.certainty |
      | 'STEWARDS' | 'stated'    |

  Scenario: A property is set and taken away
    When asking:
      """
      MATCH (p:Place {id: 'place:airport'})
      SET p.note = 'ทดสอบ', p.subtype = null
      RETURN p.note, p.subtype
      """
    Then the rows are:
      | p.note  | p.subtype |
      | 'ทดสอบ' | null      |

  Scenario: What still has links is not deleted
    When asking:
      """
      MATCH (c:Place {id: 'place:mae-kha-canal'}) DELETE c
      """
    Then a ConstraintVerificationFailed is raised: DeleteConnectedNode
    And it says: A node that still has relationships cannot be deleted; DETACH DELETE deletes these too.

  Scenario: What is deleted with its links is gone
    When asking:
      """
      MATCH (c:Place {id: 'place:airport'}) DETACH DELETE c
      """
    Then there is no row

  Scenario: A public id is given once
    When asking:
      """
      CREATE (:Place {id: 'place:airport'})
      """
    Then a ConstraintValidationFailed is raised: 
    And it says: The id 'place:airport' is taken already.
