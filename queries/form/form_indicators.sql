-- The lines of one organisation's form: each indicator it is to report for a period, whole and by sex where asked for.
--
-- param   $organisation_id  VARCHAR  see organisations
-- param   $year             INTEGER  calendar year
-- param   $period           VARCHAR  T1, T2 or VB
-- column  goal              VARCHAR  the goal's number and short title
-- column  indicator_id      VARCHAR  see indicators
-- column  name              VARCHAR  full wording
-- column  unit              VARCHAR  unit in Swedish words
-- column  measure           VARCHAR  share, rate, count, index or yes_no
-- column  sex               VARCHAR  total, women or men
-- column  target            DOUBLE   the year's årsmål; unit as the indicator; null when there is none
-- grain   indicator_id, sex
-- source  duties, indicators, goals, periods, yearly_targets
-- used by submissions/intake

with asked as (
    select distinct indicators.indicator_id
    from indicators
    inner join periods
        on
            periods.year = $year
            and periods.period = $period
            and list_contains(string_split(indicators.periods, ' '), periods.period)
            and is_valid_on(periods.ends_on, indicators.valid_from, indicators.valid_to)
    inner join duties
        on
            duties.object_type = 'indicator'
            and duties.object_id = indicators.indicator_id
            and duties.organisation_id = $organisation_id
            and duties.status = 'decided'
            and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
            and is_valid_on(periods.ends_on, duties.valid_from, duties.valid_to)
),

sexes (place, sex) as (
    values (1, 'total'), (2, 'women'), (3, 'men')
)

select
    goals.number || ' ' || goals.short_title as goal,
    indicators.indicator_id,
    indicators.name,
    indicators.unit,
    indicators.measure,
    sexes.sex,
    case when sexes.sex = 'total' then targets.value end as target
from asked
inner join indicators using (indicator_id)
inner join goals using (goal_id)
inner join sexes on sexes.sex = 'total' or indicators.split_by_sex
left join yearly_targets as targets
    on
        targets.indicator_id = indicators.indicator_id
        and targets.organisation_id = $organisation_id
        and targets.year = $year
order by goals.number, indicators.indicator_id, sexes.place
