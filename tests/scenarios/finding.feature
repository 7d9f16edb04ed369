Feature: Finding what is known by name, id and year

  Background:
    Given the city of Chiang Mai

  Scenario: A place is found by its Thai name
    When asking:
      """
      MATCH (p:Place {name_th: 'คลองแม่ข่า'})
      RETURN p.name_en
      """
    Then the rows are:
      | p.name_en       |
      | 'Mae Kha Canal' |

  Scenario: A place is found by its id
    When asking:
      """
      MATCH (p {id: 'place:mae-kha-canal'})
      RETURN labels(p) AS kind, p.name_th AS name
      """
    Then the rows are:
      | kind      | name         |
      | ['Place'] | 'คลองแม่ข่า' |

  Scenario: Several places are found by their ids
    When asking:
      """
      MATCH (p:Place)
      WHERE p.id IN ['place:mae-kha-canal', 'place:chiang-mai', 'place:atlantis']
      RETURN p.id
      ORDER BY p.id
      """
    Then the rows are:
      | p.id                  |
      | 'place:chiang-mai'    |
      | 'place:mae-kha-canal' |

  Scenario: Programmes whose English name begins with a word
    When asking:
      """
      MATCH (p:Program)
      WHERE p.name_en STARTS WITH 'Yi Peng'
      RETURN p.id
      ORDER BY p.id
      """
    Then the rows are:
      | p.id                                     |
      | 'program:yi-peng'                        |
      | 'program:yi-peng-2025'                   |
      | 'program:yi-peng-festival-of-light-2024' |
      | 'program:yi-peng-rim-ping-2025'          |

  Scenario: Names are searched for a part of a Thai word
    When asking:
      """
      MATCH (n)
      WHERE n.name_th CONTAINS 'ช้างม่อย'
      RETURN n.id
      ORDER BY n.id
      """
    Then the rows are:
      | n.id                                  |
      | 'partner:chang-moi-community'         |
      | 'partner:made-in-chang-moi'           |
      | 'place:chang-moi'                     |
      | 'program:chang-moi-creative-district' |
      | 'program:chang-moi-is-am-are'         |
      | 'program:chang-moi-market-2022'       |
      | 'program:khao-ya-khu-2022'            |
      | 'program:khao-ya-khu-2023'            |
      | 'program:khao-ya-khu-festival'        |

  Scenario: A name ends in a word
    When asking:
      """
      MATCH (p:Partner)
      WHERE p.name_en ENDS WITH 'Municipality'
      RETURN p.name_en
      ORDER BY p.name_en LIMIT 5
      """
    Then the rows are:
      | p.name_en                 |
      | 'Chiang Mai Municipality' |

  Scenario: A regular expression finds either spelling
    When asking:
      """
      MATCH (p:Place)
      WHERE p.name_en =~ '(?i).*(gate|canal).*'
      RETURN p.id
      ORDER BY p.id LIMIT 6
      """
    Then the rows are:
      | p.id                  |
      | 'place:mae-kha-canal' |

  Scenario: Programmes of one year
    When asking:
      """
      MATCH (p:Program)
      WHERE p.year = 2024
      RETURN count(p) AS programmes
      """
    Then the rows are:
      | programmes |
      | 4          |

  Scenario: Programmes of some years, oldest first
    When asking:
      """
      MATCH (p:Program)
      WHERE 2015 <= p.year < 2019
      RETURN p.year, p.id
      ORDER BY p.year, p.id
      """
    Then the rows are:
      | p.year | p.id                          |
      | 2018   | 'program:mae-kha-master-plan' |
      | 2018   | 'program:mae-kha-volunteer'   |

  Scenario: What has no Thai name
    When asking:
      """
      MATCH (p:Partner)
      WHERE p.name_th IS NULL
      RETURN count(*) AS partners
      """
    Then the rows are:
      | partners |
      | 0        |

  Scenario: Two labels never stand together here
    When asking:
      """
      MATCH (n:Place:Partner)
      RETURN count(n) AS both
      """
    Then the rows are:
      | both |
      | 0    |

  Scenario: A label is a predicate as well
    When asking:
      """
      MATCH (n)
      WHERE n:Person OR n:Memory
      RETURN count(n) AS voices
      """
    Then the rows are:
      | voices |
      | 9      |
