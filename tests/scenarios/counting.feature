Feature: How many, and which most

  Background:
    Given the city of Chiang Mai

  Scenario: How many of each kind
    When asking:
      """
      MATCH (n)
      RETURN n.kind AS kind, count(*) AS n
      ORDER BY n DESC, kind
      """
    Then the rows are:
      | kind      | n  |
      | 'program' | 29 |
      | 'partner' | 22 |
      | 'place'   | 17 |
      | 'object'  | 10 |
      | 'theme'   | 7  |
      | 'memory'  | 5  |
      | 'person'  | 4  |

  Scenario: The busiest organisers
    When asking:
      """
      MATCH (p:Program)-[:ORGANIZED_BY]->(o:Partner)
      RETURN o.id, count(p) AS n
      ORDER BY n DESC, o.id LIMIT 3
      """
    Then the rows are:
      | o.id                              | n |
      | 'partner:chiang-mai-municipality' | 7 |
      | 'partner:mae-kha-city-lab'        | 3 |
      | 'partner:breath-council'          | 2 |

  Scenario: Different values are counted once
    When asking:
      """
      MATCH (:Program)-[:HELD_AT]->(p:Place)
      RETURN count(p) AS times, count(DISTINCT p) AS places
      """
    Then the rows are:
      | times | places |
      | 37    | 11     |

  Scenario: The first and the last year
    When asking:
      """
      MATCH (p:Program)
      RETURN min(p.year) AS first, max(p.year) AS last
      """
    Then the rows are:
      | first | last |
      | 2018  | 2026 |

  Scenario: Years are counted where they are known
    When asking:
      """
      MATCH (p:Program {subtype: 'project'})
      RETURN count(*) AS projects, count(p.year) AS dated
      """
    Then the rows are:
      | projects | dated |
      | 6        | 6     |

  Scenario: Names are gathered in a list
    When asking:
      """
      MATCH (p:Program)-[:FUNDED_BY]->(o:Partner)
      WITH o, p
      ORDER BY p.id
      RETURN o.id, collect(p.id) AS funded
      ORDER BY o.id LIMIT 3
      """
    Then the rows are:
      | o.id                     | funded                            |
      | 'partner:chiang-mai-pao' | ['program:mae-kha-upstream-2023'] |
      | 'partner:pmu-a'          | ['program:local-network-2021']    |

  Scenario: Groups are filtered after they are counted
    When asking:
      """
      MATCH (p:Program)-[:ADDRESSES]->(t:Theme)
      WITH t, count(p) AS n
      WHERE n >= 5
      RETURN t.id, n
      ORDER BY n DESC, t.id
      """
    Then the rows are:
      | t.id                       | n |
      | 'theme:mae-kha-management' | 9 |

  Scenario: A share is computed from two counts
    When asking:
      """
      MATCH (p:Program)
      WITH count(p) AS every
      MATCH (p:Program)-[:ORGANIZED_BY]->()
      WITH every, count(DISTINCT p) AS organised
      RETURN toInteger(round(100.0 * organised / every)) AS percent
      """
    Then the rows are:
      | percent |
      | 55      |

  Scenario: Pages of a list
    When asking:
      """
      MATCH (t:Theme)
      RETURN t.id
      ORDER BY t.id SKIP 2 LIMIT 3
      """
    Then the rows are:
      | t.id                       |
      | 'theme:green-space'        |
      | 'theme:heritage'           |
      | 'theme:mae-kha-management' |
