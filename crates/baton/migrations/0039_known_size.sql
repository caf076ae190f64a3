-- A list of one or two runs that nobody counted is taken for thousands, and then all terms of all
-- customers are read for each that is looked up. Nothing counts so small a table on its own.
{POSTGRES} ANALYZE customer_term_run;
