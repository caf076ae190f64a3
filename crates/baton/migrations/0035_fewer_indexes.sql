-- PostgreSQL writes every index of a customer who changes hands, and needs none of these to page
-- through customers: it knows how frequent a region, an industry or a tier is, and walks the sorted
-- list or a small region whole. Which industries and tiers there are, small ones tell.
{POSTGRES} DROP INDEX customer_region;
{POSTGRES} DROP INDEX customer_region_recent;
{POSTGRES} DROP INDEX customer_industry;
{POSTGRES} DROP INDEX customer_tier;
{POSTGRES} CREATE INDEX customer_industry ON customer (industry);
{POSTGRES} CREATE INDEX customer_tier ON customer (tier);
