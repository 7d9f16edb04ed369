Feature: What is not there

  Background:
    Given the city of Chiang Mai

  Scenario: What has no organiser
    When asking:
      """
      MATCH (p:Program)
      WHERE NOT (p)-[:ORGANIZED_BY]->()
      RETURN count(p) AS without
      """
    Then the rows are:
      | without |
      | 13      |

  Scenario: Keep those without a match
    When asking:
      """
      MATCH (p:Program)
      WHERE p.year = 2024
      OPTIONAL MATCH (p)-[:FUNDED_BY]->(o)
      RETURN p.id, o.id
      ORDER BY p.id
      """
    Then the rows are:
      | p.id                                     | o.id |
      | 'program:agenda-chiang-mai-2024'         | null |
      | 'program:mae-kha-earth-day-2024'         | null |
      | 'program:mae-kha-landscape-2'            | null |
      | 'program:yi-peng-festival-of-light-2024' | null |

  Scenario: Unknown is neither true nor false
    When asking:
      """
      MATCH (p:Program)
      RETURN count(CASE WHEN p.year > 2000 THEN 1 END) AS later, count(CASE WHEN NOT p.year > 2000 THEN 1 END) AS earlier, count(CASE WHEN p.year IS NULL THEN 1 END) AS unknown, count(*) AS every
      """
    Then the rows are:
      | later | earlier | unknown | every |
      | 24    | 0       | 5       | 29    |

  Scenario: A property nobody has is null
    When asking:
      """
      MATCH (p:Place {id: 'place:airport'})
      RETURN p.altitude AS altitude, coalesce(p.altitude, 'unknown') AS said
      """
    Then the rows are:
      | altitude | said      |
      | null     | 'unknown' |

  Scenario: Partners without any link but where they are
    When asking:
      """
      MATCH (p:Partner)
      WHERE NOT EXISTS { (p)-[r]-() WHERE NOT type(r) IN ['LOCATED_IN', 'DOCUMENTED_IN'] }
      RETURN count(p) AS islands
      """
    Then the rows are:
      | islands |
      | 3       |

  Scenario: How many links each one has
    When asking:
      """
      MATCH (p:Person)
      RETURN p.id, COUNT { (p)--() } AS links
      ORDER BY links DESC, p.id LIMIT 3
      """
    Then the rows are:
      | p.id                         | links |
      | 'person:chiranthanin-kitika' | 2     |
      | 'person:young-people'        | 2     |
      | 'person:ajirapa-pradit'      | 0     |
