Feature: What is linked to what

  Background:
    Given the city of Chiang Mai

  Scenario: Who organises a programme
    When asking:
      """
      MATCH (:Program {id: 'program:green-against-dust'})-[:ORGANIZED_BY]->(who)
      RETURN who.id
      """
    Then the rows are:
      | who.id                   |
      | 'partner:breath-council' |

  Scenario: What touches the Mae Kha canal
    When asking:
      """
      MATCH (:Place {id: 'place:mae-kha-canal'})--(n)
      RETURN DISTINCT n.id
      ORDER BY n.id
      """
    Then the rows are:
      | n.id                                     |
      | 'memory:seven-auspicious'                |
      | 'memory:temple-centred-community'        |
      | 'place:chang-moi'                        |
      | 'place:chiang-mai'                       |
      | 'place:doi-suthep-pui'                   |
      | 'place:hua-fai'                          |
      | 'place:kamphaeng-ngam'                   |
      | 'place:loi-kroh-bridge'                  |
      | 'place:night-bazaar'                     |
      | 'place:old-city'                         |
      | 'place:ping-river'                       |
      | 'place:rakaeng'                          |
      | 'place:saphan-bun-mae-kha'               |
      | 'place:si-don-chai-bridge'               |
      | 'place:tha-phae-mae-kha-bridge'          |
      | 'place:wat-chang-khong'                  |
      | 'program:butterfly-garden'               |
      | 'program:hom-poi-mae-kha-2022'           |
      | 'program:mae-kha-earth-day-2024'         |
      | 'program:mae-kha-housing-2026'           |
      | 'program:mae-kha-landscape-1'            |
      | 'program:mae-kha-landscape-2'            |
      | 'program:mae-kha-master-plan'            |
      | 'program:mae-kha-mechanism'              |
      | 'program:mae-kha-upstream-2023'          |
      | 'program:mae-kha-volunteer'              |
      | 'program:mae-kha-walk-along-1'           |
      | 'program:mae-kha-yi-peng-2023'           |
      | 'program:yi-peng-festival-of-light-2024' |
      | 'theme:mae-kha-management'               |

  Scenario: A pattern may be read from either end
    When asking:
      """
      MATCH (o:Partner)<-[:ORGANIZED_BY]-(p:Program)
      WHERE o.id = 'partner:breath-council'
      RETURN p.id
      ORDER BY p.id
      """
    Then the rows are:
      | p.id                         |
      | 'program:adopted-tree-2020'  |
      | 'program:green-against-dust' |

  Scenario: The kinds of links of a place
    When asking:
      """
      MATCH (:Place {id: 'place:mae-kha-canal'})-[r]-()
      RETURN type(r) AS link, count(*) AS n
      ORDER BY n DESC, link
      """
    Then the rows are:
      | link          | n  |
      | 'ADJACENT_TO' | 13 |
      | 'HELD_AT'     | 13 |
      | 'REFERS_TO'   | 3  |
      | 'LOCATED_IN'  | 1  |

  Scenario: One of several kinds of links
    When asking:
      """
      MATCH (p:Program)-[r:ORGANIZED_BY|FUNDED_BY]->(o:Partner)
      RETURN type(r) AS link, count(r) AS n
      ORDER BY link
      """
    Then the rows are:
      | link           | n  |
      | 'FUNDED_BY'    | 2  |
      | 'ORGANIZED_BY' | 23 |

  Scenario: Links carry who says so
    When asking:
      """
      MATCH (:Place {id: 'place:airport'})-[r:LOCATED_IN]->(c)
      RETURN c.id, r.certainty, r.sources
      """
    Then the rows are:
      | c.id               | r.certainty | r.sources |
      | 'place:chiang-mai' | 'inferred'  | null      |

  Scenario: Where a link begins and ends
    When asking:
      """
      MATCH ()-[r:LOCATED_IN]->()
      WHERE r.certainty = 'inferred'
      RETURN endNode(r).id AS city, count(*) AS places
      ORDER BY places DESC, city LIMIT 1
      """
    Then the rows are:
      | city               | places |
      | 'place:chiang-mai' | 11     |

  Scenario: Programmes that share a theme with another
    When asking:
      """
      MATCH (a:Program {id: 'program:adopted-tree-2020'})-[:ADDRESSES]->(t:Theme)<-[:ADDRESSES]-(b:Program)
      RETURN DISTINCT b.id
      ORDER BY b.id LIMIT 5
      """
    Then the rows are:
      | b.id                         |
      | 'program:green-against-dust' |

  Scenario: Partners that work together
    When asking:
      """
      MATCH (a:Partner)<-[:ORGANIZED_BY]-(p:Program)-[:HAS_PARTICIPANT]->(b:Partner)
      WITH a.id AS a, b.id AS b, count(p) AS together
      WHERE together > 1
      RETURN a, b, together
      ORDER BY together DESC, a, b LIMIT 5
      """
    Then there is no row
