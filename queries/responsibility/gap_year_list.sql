-- The years whose gaps in responsibility are held, the oldest first, and the day each is judged on.
--
-- column  year       INTEGER  calendar year
-- column  judged_on  DATE     the as-of, no later than the programme's last day; of an earlier year its last day
-- column  is_latest  BOOLEAN  the year that the as-of falls in
-- grain   year
-- source  gap_years
-- used by report, views/responsibility

select year, judged_on, is_latest
from gap_years
order by year
