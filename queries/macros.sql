-- The closed forms of docs/methods.md, one comment above each: what it gives, in what unit, by what method.
--
-- Null in gives null out, and so does what cannot be: n of 0, x above n, an exposure of 0. All arithmetic is in DOUBLE,
-- because literals like 2.0 are decimals to DuckDB and overflow on large counts.

-- The first and the last day that something holds: null is since always, and still.
create or replace macro first_valid_day(valid_from) as coalesce(valid_from, date '0001-01-01');
create or replace macro last_valid_day(valid_to) as coalesce(valid_to, date '9999-12-31');

-- Holds on a day, both ends counted.
create or replace macro is_valid_on(on_day, valid_from, valid_to) as
    on_day >= first_valid_day(valid_from) and on_day <= last_valid_day(valid_to);

-- The origin of a row made of others: example when any of them is made up, else its own.
create or replace macro marked_origin(is_example, own) as case when is_example then 'example' else own end;
create or replace macro origin_of_both(own, other) as marked_origin('example' in (own, other), own);

-- The origin of a group of rows.
create or replace macro group_origin(origin) as marked_origin(bool_or(origin = 'example'), min(origin));

-- z of a two-sided interval of 95 per cent.
create or replace macro z95() as 1.959963984540054::double;

-- z of a two-sided interval of 99.8 per cent.
create or replace macro z998() as 3.090232306167813::double;

-- Whether chance moves an indicator's figure: its cases come anew each year. Else everything there is has been counted, and
-- it has no interval and no test. The catalogue's word first; without one, a flow of persons or events.
create or replace macro varies_by_chance(varies, flow, counts) as
    coalesce(
        varies::varchar,
        case when flow::varchar = 'flow' and counts::varchar in ('persons', 'events') then 'cases' else 'full' end
    ) = 'cases';

-- Share x/n: lower and upper end of Wilson's score interval, 0 to 1. Wilson 1927; Newcombe & Altman 2000.
create or replace macro wilson_lower(x, n, z) as
    case
        when n > 0 and x = 0 and z > 0 then 0::double
        when n > 0 and x between 0 and n
            then (2 * x::double + z * z - z * sqrt(z * z + 4 * x::double * (1 - x::double / n))) / (2 * (n + z * z))
    end;
create or replace macro wilson_upper(x, n, z) as
    case
        when n > 0 and x = n and z > 0 then 1::double
        when n > 0 and x between 0 and n
            then (2 * x::double + z * z + z * sqrt(z * z + 4 * x::double * (1 - x::double / n))) / (2 * (n + z * z))
    end;

-- Count x: Byar's interval, in events; good from 10 upwards. Breslow & Day 1987.
create or replace macro byar_lower(x, z) as
    case when x > 0 then x::double * power(1 - 1 / (9 * x::double) - z / (3 * sqrt(x::double)), 3) end;
create or replace macro byar_upper(x, z) as
    case
        when x >= 0
            then (x::double + 1) * power(1 - 1 / (9 * (x::double + 1)) + z / (3 * sqrt(x::double + 1)), 3)
    end;

-- Count x from 0 to 9: the exact Poisson interval, in events, for z95() and z998(); null for any other z. The values are
-- half a chi-square quantile, with 2x degrees of freedom below and 2x + 2 above. Garwood 1936.
create or replace macro poisson_lower(x, z) as
    case
        when x between 0 and 9 and abs(z - 1.96) < 0.001 then ([
            0.0, 0.025317807984289876, 0.24220927854396496, 0.6186721228956014, 1.0898653736263249,
            1.6234863901184207, 2.2018942534908508, 2.8143630515198654, 3.4538321767485014, 4.115373097378334
        ]::double[])[x::integer + 1]
        when x between 0 and 9 and abs(z - 3.09) < 0.001 then ([
            0.0, 0.001000500333583534, 0.045402017769489544, 0.1905333775684032, 0.428552413628423,
            0.7393717319178323, 1.1071046602556394, 1.5203362603988093, 1.9708139217403657, 2.452424404363775
        ]::double[])[x::integer + 1]
    end;
create or replace macro poisson_upper(x, z) as
    case
        when x between 0 and 9 and abs(z - 1.96) < 0.001 then ([
            3.6888794541139354, 5.571643390938898, 7.22468766772396, 8.767273069742323, 10.241588675403694,
            11.66833207932267, 13.059474022518685, 14.422675361702376, 15.763189220193313, 17.084803451419166
        ]::double[])[x::integer + 1]
        when x between 0 and 9 and abs(z - 3.09) < 0.001 then ([
            6.907755278982137, 9.233413476451585, 11.228872242412661, 13.06224077918807, 14.79414922253721,
            16.454745203680105, 18.061636840199064, 19.626177395384232, 21.15619816583998, 22.65737330906293
        ]::double[])[x::integer + 1]
    end;

-- Count x: the interval that is shown, in events: exact Poisson below 10, Byar's from there. For a rate, divide by the
-- exposure. Garwood 1936; Breslow & Day 1987.
create or replace macro count_lower(x, z) as
    case when x < 10 then poisson_lower(x, z) else byar_lower(x, z) end;
create or replace macro count_upper(x, z) as
    case when x < 10 then poisson_upper(x, z) else byar_upper(x, z) end;

-- Difference of two shares x2/n2 - x1/n1: Newcombe's score interval, -1 to 1. Newcombe 1998, method 10.
create or replace macro newcombe_lower(x1, n1, x2, n2, z) as
    x2::double / n2 - x1::double / n1 - sqrt(
        power(x2::double / n2 - wilson_lower(x2, n2, z), 2) + power(wilson_upper(x1, n1, z) - x1::double / n1, 2)
    );
create or replace macro newcombe_upper(x1, n1, x2, n2, z) as
    x2::double / n2 - x1::double / n1 + sqrt(
        power(wilson_upper(x2, n2, z) - x2::double / n2, 2) + power(x1::double / n1 - wilson_lower(x1, n1, z), 2)
    );

-- Ratio of two rates (x2/e2) / (x1/e1), no unit: conditional on x1 + x2, Wilson's interval turned into a ratio; infinite
-- above when x1 is 0. For two counts give exposures of 1. Przyborowski & Wilenski 1940, in score form.
create or replace macro rate_ratio_lower(x1, e1, x2, e2, z) as
    case
        when e1 > 0 and e2 > 0 and x1 >= 0 and x2 >= 0
            then wilson_lower(x2, x1 + x2, z) / wilson_upper(x1, x1 + x2, z) * e1 / e2
    end;
create or replace macro rate_ratio_upper(x1, e1, x2, e2, z) as
    case
        when e1 > 0 and e2 > 0 and x1 = 0 and x2 > 0 and z > 0 then 'infinity'::double
        when e1 > 0 and e2 > 0 and x1 > 0 and x2 >= 0
            then wilson_upper(x2, x1 + x2, z) / wilson_lower(x1, x1 + x2, z) * e1 / e2
    end;

-- How a figure x of n stands to another, surely beyond 99.8 % and possibly beyond 95 %: higher, maybe_higher, none, maybe_lower
-- or lower. Shares by Newcombe's interval, rates by the conditional ratio; null for other measures, and where chance moves
-- nothing (is_by_chance). samlad/judgement/comparisons.py says the same of two figures that meet in Python. Newcombe 1998.
create or replace macro standing_of(lower_95, upper_95, lower_998, upper_998, same) as
    case
        when lower_95 is null or upper_95 is null then null
        when lower_998 > same then 'higher'
        when upper_998 < same then 'lower'
        when lower_95 > same then 'maybe_higher'
        when upper_95 < same then 'maybe_lower'
        else 'none'
    end;
create or replace macro standing(measure, is_by_chance, x, n, other_x, other_n) as
    case
        when not is_by_chance then null
        when measure = 'share' then standing_of(
            newcombe_lower(other_x, other_n, x, n, z95()),
            newcombe_upper(other_x, other_n, x, n, z95()),
            newcombe_lower(other_x, other_n, x, n, z998()),
            newcombe_upper(other_x, other_n, x, n, z998()),
            0
        )
        when measure = 'rate' then standing_of(
            rate_ratio_lower(other_x, other_n, x, n, z95()),
            rate_ratio_upper(other_x, other_n, x, n, z95()),
            rate_ratio_lower(other_x, other_n, x, n, z998()),
            rate_ratio_upper(other_x, other_n, x, n, z998()),
            1
        )
    end;

-- An organisation beside the rest of the city, which is everybody but itself: the count it is a part of there, null unless
-- both counts are known; the figure there, in the indicator's unit, for shares and rates; and how the organisation stands to
-- it, as `standing` says, null where there is no such figure.
create or replace macro rest_denominator(x, n, city_x, city_n) as
    case when x is not null and city_x is not null then city_n - n end;
create or replace macro rest_value(measure, per, rest_x, rest_n) as
    case
        when measure = 'share' and rest_n > 0 then rest_x / rest_n
        when measure = 'rate' and rest_n > 0 then per * rest_x / rest_n
    end;
create or replace macro standing_to_rest(measure, is_by_chance, x, n, rest_x, rest_n, rest_figure) as
    case when rest_figure is not null then standing(measure, is_by_chance, x, n, rest_x, rest_n) end;

-- Share x of n when m more were asked and did not answer: the least and the most it can be, 0 to 1.
create or replace macro bounds_lower(x, n, m) as
    case when n + m > 0 and m >= 0 and x between 0 and n then x::double / (n + m) end;
create or replace macro bounds_upper(x, n, m) as
    case when n + m > 0 and m >= 0 and x between 0 and n then (x::double + m) / (n + m) end;

-- Funnel around a share p0: the limits for a unit of size n, cut at 0 and 1. Spiegelhalter 2005.
create or replace macro funnel_share_lower(p0, n, z) as
    case when n > 0 and p0 between 0 and 1 and z > 0 then greatest(0::double, p0 - z * sqrt(p0 * (1 - p0) / n)) end;
create or replace macro funnel_share_upper(p0, n, z) as
    case when n > 0 and p0 between 0 and 1 and z > 0 then least(1::double, p0 + z * sqrt(p0 * (1 - p0) / n)) end;

-- Funnel around an expected count: the limits, in events. The count whose own interval just reaches what is expected, with
-- straight lines between whole counts; 0 below when not even 0 events would be too few. Spiegelhalter 2005; the search
-- starts at the Poisson quantile of Cornish & Fisher 1938.
create or replace macro funnel_count_lower(expected, z) as
    case
        when expected >= 0 and z > 0 then coalesce(list_max(list_transform(
            range(
                greatest(0, floor(expected - z * sqrt(expected) + (z * z - 4) / 6)::bigint - 2),
                greatest(0, floor(expected - z * sqrt(expected) + (z * z - 4) / 6)::bigint) + 3
            ),
            lambda x: case
                when count_upper(x, z) <= expected
                    then x + least(1, (expected - count_upper(x, z)) / (count_upper(x + 1, z) - count_upper(x, z)))
            end
        )), 0::double)
    end;
create or replace macro funnel_count_upper(expected, z) as
    case
        when expected >= 0 and z > 0 then list_max(list_transform(
            range(
                greatest(0, floor(expected + z * sqrt(expected) + (z * z + 2) / 6)::bigint - 3),
                floor(expected + z * sqrt(expected) + (z * z + 2) / 6)::bigint + 3
            ),
            lambda x: case
                when count_lower(x, z) <= expected
                    then x + least(1, (expected - count_lower(x, z)) / (count_lower(x + 1, z) - count_lower(x, z)))
            end
        ))
    end;

-- Five numbers, oldest first, each times its year (1 to 5) to the power k: their sum, for trend_chi2. Armitage 1955.
create or replace macro sum_in_time(v, k) as
    (v::double[])[1]
    + power(2, k) * (v::double[])[2]
    + power(3, k) * (v::double[])[3]
    + power(4, k) * (v::double[])[4]
    + power(5, k) * (v::double[])[5];

-- Trend in five shares, oldest first: chi-square on 1 degree of freedom. x and n are lists of five; null if any is
-- missing, or if all or none have what is counted. Armitage 1955; certain at 99.8 per cent above 9.5495.
create or replace macro trend_chi2(x, n) as
    sum_in_time(n, 0)
    * power(sum_in_time(n, 0) * sum_in_time(x, 1) - sum_in_time(x, 0) * sum_in_time(n, 1), 2)
    / nullif(
        sum_in_time(x, 0)
        * (sum_in_time(n, 0) - sum_in_time(x, 0))
        * (sum_in_time(n, 0) * sum_in_time(n, 2) - power(sum_in_time(n, 1), 2)),
        0
    );

-- Pace towards an årsmål, no unit: 1 arrives on time, 0 stands still, below 0 goes the wrong way. elapsed and horizon are
-- years from the base; null when the årsmål is the base or no time has passed. Open SDG 2.4, linear.
create or replace macro pace(base, latest, target, elapsed, horizon) as
    case
        when base <> target and elapsed > 0 and horizon > 0
            then ((latest - base)::double / elapsed) / ((target - base)::double / horizon)
    end;
