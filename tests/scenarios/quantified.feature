Feature: The same step again and again

  Background:
    Given the city of Chiang Mai

  Scenario: Editions of a festival and where each stands
    When asking:
      """
      MATCH (first:Program)((part)-[:PART_OF]->(whole)){1,2}(last:Program {id: 'program:yi-peng'})
      RETURN count(DISTINCT first) AS editions, max(size(part)) AS steps
      """
    Then the rows are:
      | editions | steps |
      | 10       | 2     |

  Scenario: A walk of two steps, twice
    When asking:
      """
      MATCH (a:Partner {id: 'partner:chang-moi-community'})((x)<-[:ORGANIZED_BY|PARTICIPATED_IN]-(p:Program)-[:ORGANIZED_BY|PARTICIPATED_IN]->(y)){1,2}(b:Partner)
      RETURN DISTINCT b.id ORDER BY b.id LIMIT 3
      """
    Then the rows are:
      | b.id                             |
      | 'partner:chiang-mai-municipality' |
      | 'partner:cmlc-team'               |
      | 'partner:mae-kha-city-lab'        |

  Scenario: A condition on every step
    When asking:
      """
      MATCH (a {id: 'program:yi-peng'})((whole)<-[:PART_OF]-(part) WHERE part.year >= 2020)+(e)
      RETURN DISTINCT e.id, e.year ORDER BY e.id LIMIT 3
      """
    Then the rows are:
      | e.id                            | e.year |
      | 'program:hom-poi-mae-kha-2022'  | 2022   |
      | 'program:khao-ya-khu-2022'      | 2022   |
      | 'program:khao-ya-khu-2023'      | 2023   |

  Scenario: A step that cannot be repeated
    When asking:
      """
      MATCH ((a)-[:PART_OF*]->(b)){2} RETURN a
      """
    Then a SyntaxError is raised: UnexpectedSyntax
    And it says: A quantified path is made of one or more single relationships
