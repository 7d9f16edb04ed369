Feature: The shape of an answer

  Background:
    Given the city of Chiang Mai

  Scenario: A map of what is wanted
    When asking:
      """
      MATCH (p:Place {id: 'place:airport'})
      RETURN p {.id, .name_th, kind: labels(p)[0]} AS place
      """
    Then the rows are:
      | place                                                                         |
      | {id: 'place:airport', kind: 'Place', name_th: 'ท่าอากาศยานนานาชาติเชียงใหม่'} |

  Scenario: The names in both languages
    When asking:
      """
      MATCH (p:Place {id: 'place:mae-kha-canal'})
      RETURN p.name_en + ' (' + p.name_th + ')' AS name
      """
    Then the rows are:
      | name                         |
      | 'Mae Kha Canal (คลองแม่ข่า)' |

  Scenario: A list beside each programme
    When asking:
      """
      MATCH (p:Program {id: 'program:yi-peng'})
      RETURN [(p)-[:ADDRESSES]->(t) | t.id] AS themes
      """
    Then the rows are:
      | themes |
      | []     |

  Scenario: Choose a word by the year
    When asking:
      """
      MATCH (p:Program)
      WHERE p.year IS NOT NULL
      WITH CASE WHEN p.year < 2020 THEN 'before the pandemic' ELSE 'since' END AS era
      RETURN era, count(*) AS n
      ORDER BY era
      """
    Then the rows are:
      | era                   | n  |
      | 'before the pandemic' | 3  |
      | 'since'               | 21 |

  Scenario: Rows from a list
    When asking:
      """
      UNWIND ['place:airport', 'place:nowhere'] AS id
      OPTIONAL MATCH (p:Place {id: id})
      RETURN id, p.name_en AS name
      ORDER BY id
      """
    Then the rows are:
      | id              | name                               |
      | 'place:airport' | 'Chiang Mai International Airport' |
      | 'place:nowhere' | null                               |

  Scenario: Two questions, one answer
    When asking:
      """
      MATCH (p:Person)
      RETURN 'person' AS kind, count(*) AS n
      UNION ALL
      MATCH (m:Memory)
      RETURN 'memory' AS kind, count(*) AS n
      """
    Then the rows are, in any order:
      | kind     | n |
      | 'person' | 4 |
      | 'memory' | 5 |

  Scenario: The length of a Thai name is counted in characters
    When asking:
      """
      RETURN size('คลองแม่ข่า') AS characters, toUpper('khlong') AS upper, split('วัด,ตลาด', ',') AS words
      """
    Then the rows are:
      | characters | upper    | words           |
      | 10         | 'KHLONG' | ['วัด', 'ตลาด'] |

  Scenario: Buddhist years
    When asking:
      """
      MATCH (p:Program)
      WHERE p.year = 2020
      RETURN p.year + 543 AS be, count(*) AS n
      """
    Then the rows are:
      | be   | n |
      | 2563 | 2 |

  Scenario: A list is cut and searched
    When asking:
      """
      WITH ['งานฝีมือ', 'ดนตรี', 'อาหาร', 'ภาษา'] AS crafts
      RETURN crafts[1..3] AS some, 'อาหาร' IN crafts AS cooks, [c IN crafts WHERE size(c) > 4] AS long
      """
    Then the rows are:
      | some               | cooks | long                           |
      | ['ดนตรี', 'อาหาร'] | true  | ['งานฝีมือ', 'ดนตรี', 'อาหาร'] |

  Scenario: All, any, none and one of a list
    When asking:
      """
      WITH [2016, 2018, 2024] AS years
      RETURN all(y IN years WHERE y > 2000) AS every, any(y IN years WHERE y = 2018) AS some, none(y IN years WHERE y < 2000) AS no, single(y IN years WHERE y > 2020) AS one
      """
    Then the rows are:
      | every | some | no   | one  |
      | true  | true | true | true |

  Scenario: A question inside a question
    When asking:
      """
      MATCH (o:Partner {id: 'partner:breath-council'})
      CALL { WITH o MATCH (p:Program)-[:ORGANIZED_BY]->(o) RETURN count(p) AS n }
      RETURN o.name_en, n
      """
    Then the rows are:
      | o.name_en                   | n |
      | 'Chiang Mai Breath Council' | 2 |

  Scenario: What a procedure knows
    When asking:
      """
      CALL db.labels() YIELD label
      RETURN label
      ORDER BY label
      """
    Then the rows are:
      | label     |
      | 'Memory'  |
      | 'Object'  |
      | 'Partner' |
      | 'Person'  |
      | 'Place'   |
      | 'Program' |
      | 'Theme'   |

  Scenario: Who is near
    When asking:
      """
      MATCH (p:Place {id: 'place:mae-kha-canal'})
      CALL khom.neighbours(p, {depth: 1, types: ['LOCATED_IN']}) YIELD node, hops
      RETURN node.id, hops
      ORDER BY node.id
      """
    Then the rows are:
      | node.id            | hops |
      | 'place:chiang-mai' | 1    |
