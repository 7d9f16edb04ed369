Feature: Dates and times

  Background:
    Given the city of Chiang Mai

  Scenario: How long ago, in days
    When asking:
      """
      RETURN duration.inDays(date('2020-06-18'), date('2020-07-01')).days AS days
      """
    Then the rows are:
      | days |
      | 13   |

  Scenario: A day is taken from a programme's own date
    When asking:
      """
      MATCH (p:Program {id: 'program:adopted-tree-2020'})
      RETURN date(p.time).month AS month, date(p.time) + duration('P1Y') AS a_year_later
      """
    Then the rows are:
      | month | a_year_later |
      | 6     | '2021-06-18' |

  Scenario: Days of one week
    When asking:
      """
      WITH date('2024-11-15') AS yi_peng
      RETURN date.truncate('week', yi_peng) AS monday, yi_peng.dayOfWeek AS day
      """
    Then the rows are:
      | monday       | day |
      | '2024-11-11' | 5   |

  Scenario: An instant in Chiang Mai
    When asking:
      """
      RETURN datetime('2024-11-15T18:00+07:00[Asia/Bangkok]') = datetime('2024-11-15T11:00Z') AS same_instant, datetime('2024-11-15T18:00[Asia/Bangkok]').offset AS offset
      """
    Then the rows are:
      | same_instant | offset   |
      | false        | '+07:00' |

  Scenario: An instant counted in seconds, as programs keep it
    When asking:
      """
      WITH datetime({epochSeconds: 1731667200, timezone: 'Asia/Bangkok'}) AS evening
      RETURN toString(evening) AS evening, evening.epochMillis AS millis, datetime({epochMillis: 1731667200250}) > evening AS later
      """
    Then the rows are:
      | evening                               | millis        | later |
      | '2024-11-15T17:40+07:00[Asia/Bangkok]' | 1731667200000 | true  |
