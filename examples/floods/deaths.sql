-- Who gave which number of deaths, by whom relayed: over the tables of a corpus, with DuckDB.
SELECT article, CAST(value AS INTEGER) AS deaths,
       array_to_string(list_sort(chain[1].names), ' and ') AS said_by,
       array_to_string(list_transform(chain[2:], lambda voice: array_to_string(list_sort(voice.names), ' and ')), ' < ')
         AS relayed_by
FROM 'floods/tables/claims/*.parquet'
WHERE measure = 'deaths' AND reader = 'person'
ORDER BY article, deaths;
