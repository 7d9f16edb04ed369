Feature: Ways through the city

  Background:
    Given the city of Chiang Mai

  Scenario: From a part to the whole, however many steps
    When asking:
      """
      MATCH (p:Place {id: 'place:mae-kha-canal'})-[:LOCATED_IN*]->(c:Place)
      RETURN c.id
      ORDER BY c.id
      """
    Then the rows are:
      | c.id               |
      | 'place:chiang-mai' |

  Scenario: At most two steps
    When asking:
      """
      MATCH (p:Program {id: 'program:yi-peng'})<-[:PART_OF*1..2]-(e:Program)
      RETURN count(DISTINCT e) AS editions
      """
    Then the rows are:
      | editions |
      | 10       |

  Scenario: The place itself is no step away
    When asking:
      """
      MATCH (p:Place {id: 'place:airport'})-[:LOCATED_IN*0..]->(c)
      RETURN c.id
      ORDER BY c.id
      """
    Then the rows are:
      | c.id               |
      | 'place:airport'    |
      | 'place:chiang-mai' |

  Scenario: A path has a length and nodes
    When asking:
      """
      MATCH p = (:Place {id: 'place:airport'})-[:LOCATED_IN*]->(:Place {id: 'place:chiang-mai'})
      RETURN length(p) AS steps, [n IN nodes(p) | n.id] AS way
      """
    Then the rows are:
      | steps | way                                   |
      | 1     | ['place:airport', 'place:chiang-mai'] |

  Scenario: The shortest path between a community and a canal
    When asking:
      """
      MATCH p = shortestPath((a {id: 'partner:chang-moi-community'})-[*..6]-(b {id: 'place:mae-kha-canal'}))
      RETURN length(p) AS steps
      """
    Then the rows are:
      | steps |
      | 2     |

  Scenario: All shortest paths
    When asking:
      """
      MATCH p = allShortestPaths((a {id: 'partner:chang-moi-community'})-[*..6]-(b {id: 'place:mae-kha-canal'}))
      RETURN count(p) AS ways
      """
    Then the rows are:
      | ways |
      | 2    |

  Scenario: The same in the words of GQL
    When asking:
      """
      MATCH p = ANY SHORTEST (a {id: 'partner:chang-moi-community'})-[]-{1,6}(b {id: 'place:mae-kha-canal'})
      RETURN length(p) AS steps
      """
    Then the rows are:
      | steps |
      | 2     |

  Scenario: A quantified step
    When asking:
      """
      MATCH (:Place {id: 'place:airport'})-[:LOCATED_IN]->+(c)
      RETURN c.id
      ORDER BY c.id
      """
    Then the rows are:
      | c.id               |
      | 'place:chiang-mai' |

  Scenario: No path walks one link twice
    When asking:
      """
      MATCH (a:Place {id: 'place:airport'})-[:LOCATED_IN]-(b)-[:LOCATED_IN]-(c)
      WHERE c.id = a.id
      RETURN count(*) AS there_and_back
      """
    Then the rows are:
      | there_and_back |
      | 0              |
