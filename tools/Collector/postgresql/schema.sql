-- PostgreSQL 13 or newer: the boxes' lines as rsyslog's ompgsql writes them (rsyslog/tap-postgresql.conf), and views that answer an analyst's
-- questions over all boxes. Made from alerts.toml. The enterprise number is 32473.
create schema if not exists tap;

create table if not exists tap.line (
  number    bigint generated always as identity primary key,
  received  timestamptz not null default now(),
  sent      timestamptz,
  host      text not null,
  boot      bigint,
  msgid     text not null,
  pri       integer not null,
  data      jsonb not null,
  message   text not null default '',
  sequence  bigint generated always as ((data->'meta'->>'sequenceId')::bigint) stored,
  incident  bigint generated always as ((data->'incident@32473'->>'id')::bigint) stored,
  src       text generated always as (data->'incident@32473'->>'src') stored
);
create index if not exists line_incident on tap.line (host, boot, incident, number) where incident is not null;
create index if not exists line_src on tap.line (src) where src is not null;
create index if not exists line_health on tap.line (host, msgid, number desc) where incident is null;

-- An address that names one machine: public, or a MAC address. A private one is another machine at another site.
create or replace function tap.names_a_machine(actor text) returns boolean language plpgsql immutable as $$
begin
  if actor ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' then return true; end if;
  if actor is null or actor !~ '^[0-9a-f.:]+$' then return false; end if;
  return not (actor::inet <<= '10.0.0.0/8' or actor::inet <<= '172.16.0.0/12' or actor::inet <<= '192.168.0.0/16' or actor::inet <<= '169.254.0.0/16'
    or actor::inet <<= 'fe80::/10' or actor::inet <<= 'fc00::/7');
exception when others then return false;
end $$;

-- The network that one owner is likely to have: the /24 of a public IPv4 address; null for anything else.
create or replace function tap.network_of(actor text) returns text language plpgsql immutable as $$
begin
  if actor !~ '^[0-9.]+(/24)?$' or not tap.names_a_machine(split_part(actor, '/', 1)) then return null; end if;
  return network(set_masklen(split_part(actor, '/', 1)::inet, 24))::text;
exception when others then return null;
end $$;

-- Every line of an incident, its parameters with their types.
create or replace view tap.incident_line as
select number, received, sent, host, boot, msgid as kind, pri, sequence, message,
  (data->'incident@32473'->>'id')::bigint as "id",
  (data->'incident@32473'->>'state')::text as "state",
  (data->'incident@32473'->>'severity')::bigint as "severity",
  (data->'incident@32473'->>'sid')::bigint as "sid",
  (data->'incident@32473'->>'proto')::text as "proto",
  (data->'incident@32473'->>'src')::text as "src",
  (data->'incident@32473'->>'srcs')::bigint as "srcs",
  (data->'incident@32473'->>'dst')::text as "dst",
  (data->'incident@32473'->>'dsts')::bigint as "dsts",
  (data->'incident@32473'->>'dport')::bigint as "dport",
  (data->'incident@32473'->>'frames')::bigint as "frames",
  (data->'incident@32473'->>'name')::text as "name",
  (data->'incident@32473'->>'answeredBy')::text as "answeredBy",
  (data->'incident@32473'->>'hosts')::text as "hosts",
  (data->'incident@32473'->>'dur')::bigint as "dur",
  (data->'incident@32473'->>'ttl')::text as "ttl",
  (data->'incident@32473'->>'flags')::text as "flags",
  (data->'incident@32473'->>'sport')::bigint as "sport",
  (data->'incident@32473'->>'stride')::text as "stride",
  (data->'incident@32473'->>'unseen')::bigint as "unseen",
  (data->'incident@32473'->>'answered')::bigint as "answered",
  (data->'incident@32473'->>'refused')::bigint as "refused",
  (data->'incident@32473'->>'silent')::bigint as "silent",
  (data->'incident@32473'->>'dark')::bigint as "dark",
  (data->'incident@32473'->>'related')::bigint as "related",
  (data->'incident@32473'->>'list')::bigint as "list",
  (data->'incident@32473'->>'period')::numeric as "period",
  (data->'incident@32473'->>'group')::text as "group",
  (data->'incident@32473'->>'expected')::text as "expected",
  (data->'incident@32473'->>'lost')::bigint as "lost",
  (data->'incident@32473'->>'dports')::text as "dports",
  (data->'incident@32473'->>'tool')::text as "tool",
  (data->'incident@32473'->>'site')::text as "site",
  (data->'incident@32473'->>'into')::bigint as "into",
  data
from tap.line where incident is not null;

-- Each incident once: its newest line, when it was first and last seen, its gravest severity, and every source that a line names.
create or replace view tap.incident as
select distinct on (host, boot, id) l.*,
  min(sent - make_interval(secs => coalesce(dur, 0))) over each as first_seen,
  max(sent) over each as last_seen,
  max(severity) over each as gravest,
  count(*) over each as lines
from tap.incident_line l
window each as (partition by host, boot, id)
order by host, boot, id, number desc;

-- Every heartbeat, its counters as numbers.
create or replace view tap.heartbeat as
select number, received, sent, host, boot,
  (data->'heartbeat@32473'->>'boots')::bigint as "boots",
  (data->'heartbeat@32473'->>'frames')::bigint as "frames",
  (data->'heartbeat@32473'->>'kept')::bigint as "kept",
  (data->'heartbeat@32473'->>'lost')::bigint as "lost",
  (data->'heartbeat@32473'->>'missed')::bigint as "missed",
  (data->'heartbeat@32473'->>'evictions')::bigint as "evictions",
  (data->'heartbeat@32473'->>'table')::bigint as "table",
  (data->'heartbeat@32473'->>'tableAge')::bigint as "tableAge",
  (data->'heartbeat@32473'->>'transmitted')::bigint as "transmitted",
  (data->'heartbeat@32473'->>'dropped')::bigint as "dropped",
  (data->'heartbeat@32473'->>'repeated')::bigint as "repeated",
  (data->'heartbeat@32473'->>'memory')::bigint as "memory",
  (data->'heartbeat@32473'->>'tableHash')::text as "tableHash",
  (data->'heartbeat@32473'->>'memoryBlock')::bigint as "memoryBlock",
  (data->'heartbeat@32473'->>'external')::bigint as "external",
  (data->'heartbeat@32473'->>'externalBlock')::bigint as "externalBlock",
  (data->'heartbeat@32473'->>'flaps')::bigint as "flaps",
  (data->'heartbeat@32473'->>'mirrorFull')::bigint as "mirrorFull",
  (data->'heartbeat@32473'->>'unseen')::text as "unseen",
  (data->'heartbeat@32473'->>'of')::bigint as "of",
  (data->'heartbeat@32473'->>'copies')::bigint as "copies",
  message
from tap.line where msgid = 'heartbeat';

-- Which boxes watch: the newest heartbeat of each, how long ago, and what it has lost.
create or replace view tap.box as
select b.host, h.received as heard, now() - h.received as silence, now() - h.received > interval '3 minutes' as is_silent,
  h."table", make_interval(secs => h."tableAge") as table_age, coalesce(h."tableAge" > 90 * 86400, false) as is_table_old,
  h.lost, h.missed, coalesce(h.transmitted, 0) > 0 as has_transmitted
from (select distinct host from tap.line where incident is null) b
left join lateral (
  select h.* from tap.heartbeat h where h.host = b.host order by h.number desc limit 1) h on true;

-- The newest state of each part of each box; the mirror's says whether the box sees.
create or replace view tap.part as
select distinct on (host, data->'health@32473'->>'part') host, data->'health@32473'->>'part' as part, data->'health@32473'->>'state' as state,
  received as since, message
from tap.line where msgid = 'health'
order by host, data->'health@32473'->>'part', number desc;

create or replace view tap.blind as
select * from tap.part where part = 'mirror' and state not in ('frames', 'link-up', 'both-directions', 'mirrored', 'readable', 'home', 'single', 'whole');

-- Lines that a box numbered and that never came.
create or replace view tap.missing as
select host, boot, max(sequence) - min(sequence) + 1 - count(distinct sequence) as lines
from tap.line where boot is not null and sequence > 0
group by host, boot having max(sequence) - min(sequence) + 1 > count(distinct sequence);

-- One actor at many boxes: what no single box can see.
create or replace view tap.campaign as
select src as actor, count(distinct host) as boxes, count(*) as incidents, sum(greatest(dsts, 1)) as hosts, min(first_seen) as first_seen, max(last_seen) as last_seen,
  max(gravest) as gravest, array_agg(distinct kind) as kinds, array_agg(distinct proto || '/' || dport) as services
from tap.incident
where expected is null and state <> 'folded' and tap.names_a_machine(src)
group by src having count(distinct host) > 1;

-- The same from changing addresses of one network: the same service, within two days from one to the next.
create or replace view tap.network_campaign as
with near as (
  select *, tap.network_of(src) as network,
    first_seen - lag(first_seen) over (partition by tap.network_of(src), proto, dport order by first_seen) > interval '2 days' as is_far
  from tap.incident where expected is null and state <> 'folded' and tap.network_of(src) is not null
), runs as (
  select *, count(*) filter (where is_far) over (partition by network, proto, dport order by first_seen) as run from near
)
select network, proto, dport, count(distinct src) as sources, count(distinct host) as boxes, count(*) as incidents, sum(greatest(dsts, 1)) as hosts,
  min(first_seen) as first_seen, max(last_seen) as last_seen, max(gravest) as gravest
from runs group by network, proto, dport, run having count(distinct host) > 1 and count(distinct src) > 1;

-- What needs somebody today: grave, new and unexplained.
create or replace view tap.today as
select host, boot, id, kind, gravest, src, dst, dsts, proto, dport, name, first_seen, last_seen, message
from tap.incident
where gravest >= 3 and expected is null and state <> 'folded' and last_seen > now() - interval '1 day'
order by gravest desc, last_seen desc;
