-- PostgreSQL 13 or newer: the boxes' lines as rsyslog's ompgsql writes them (rsyslog/tap-postgresql.conf), and views that answer an analyst's
-- questions over all boxes. Made from alerts.toml. The enterprise number is 32473.
create schema if not exists tap;

-- A number as a box writes it; null for anything else, so that one odd line does not stop a view of a million.
create or replace function tap.whole(text) returns bigint language sql immutable as $$
  select case when $1 ~ '^-?[0-9]{1,18}$' then $1::bigint end
$$;
create or replace function tap.number(text) returns numeric language sql immutable as $$
  select case when $1 ~ '^-?[0-9]{1,18}([.][0-9]{1,9})?$' then $1::numeric end
$$;

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
  sequence  bigint generated always as (tap.whole(data->'meta'->>'sequenceId')) stored,
  incident  bigint generated always as (tap.whole(data->'incident@32473'->>'id')) stored,
  src       text generated always as (data->'incident@32473'->>'src') stored
);
create index if not exists line_incident on tap.line (host, boot, incident, number) where incident is not null;
create index if not exists line_src on tap.line (src) where src is not null;
create index if not exists line_health on tap.line (host, msgid, number desc) where incident is null;

-- An address that names one machine: public, or a MAC address that its maker gave. A private one is another machine at another site, and so is a MAC
-- address that routers share (VRRP, HSRP, GLBP) or that a machine made up itself (the local bit). 0.0.0.0, a loopback or a multicast address names nobody. Where all sites share their addresses, let it return true.
create or replace function tap.names_a_machine(actor text) returns boolean language plpgsql immutable as $$
begin
  if actor ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' then
    return actor !~ '^(.[2367abef]:|00:00:5e:00:0[12]:|00:00:0c:07:ac:|00:00:0c:9f:f|00:07:b4:)';
  end if;
  if actor is null or actor !~ '^[0-9a-f.:]+$' then return false; end if;
  return not (actor::inet <<= '10.0.0.0/8' or actor::inet <<= '172.16.0.0/12' or actor::inet <<= '192.168.0.0/16' or actor::inet <<= '169.254.0.0/16'
    or actor::inet <<= '100.64.0.0/10' or actor::inet <<= '192.0.0.0/24' or actor::inet <<= '127.0.0.0/8' or actor::inet <<= '0.0.0.0/8'
    or actor::inet <<= '224.0.0.0/3' or actor::inet <<= 'fe80::/10' or actor::inet <<= 'fc00::/7' or actor::inet <<= 'ff00::/8'
    or actor::inet <<= '::/127');
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
  tap.whole(data->'incident@32473'->>'id') as "id",
  (data->'incident@32473'->>'state') as "state",
  tap.whole(data->'incident@32473'->>'severity') as "severity",
  tap.whole(data->'incident@32473'->>'sid') as "sid",
  (data->'incident@32473'->>'proto') as "proto",
  (data->'incident@32473'->>'src') as "src",
  tap.whole(data->'incident@32473'->>'srcs') as "srcs",
  (data->'incident@32473'->>'dst') as "dst",
  tap.whole(data->'incident@32473'->>'dsts') as "dsts",
  tap.whole(data->'incident@32473'->>'dport') as "dport",
  tap.whole(data->'incident@32473'->>'frames') as "frames",
  (data->'incident@32473'->>'name') as "name",
  (data->'incident@32473'->>'answeredBy') as "answeredBy",
  (data->'incident@32473'->>'hosts') as "hosts",
  tap.whole(data->'incident@32473'->>'dur') as "dur",
  (data->'incident@32473'->>'ttl') as "ttl",
  (data->'incident@32473'->>'flags') as "flags",
  tap.whole(data->'incident@32473'->>'sport') as "sport",
  (data->'incident@32473'->>'stride') as "stride",
  tap.whole(data->'incident@32473'->>'unseen') as "unseen",
  tap.whole(data->'incident@32473'->>'answered') as "answered",
  tap.whole(data->'incident@32473'->>'refused') as "refused",
  tap.whole(data->'incident@32473'->>'silent') as "silent",
  tap.whole(data->'incident@32473'->>'dark') as "dark",
  tap.whole(data->'incident@32473'->>'related') as "related",
  tap.whole(data->'incident@32473'->>'list') as "list",
  tap.number(data->'incident@32473'->>'period') as "period",
  (data->'incident@32473'->>'group') as "group",
  (data->'incident@32473'->>'expected') as "expected",
  tap.whole(data->'incident@32473'->>'lost') as "lost",
  (data->'incident@32473'->>'dports') as "dports",
  (data->'incident@32473'->>'tool') as "tool",
  (data->'incident@32473'->>'site') as "site",
  tap.whole(data->'incident@32473'->>'into') as "into",
  data
from tap.line where incident is not null;

-- Each incident once: its line of the highest number (datagrams overtake each other, so that the one that came last is not always it), when it was first and
-- last seen, its gravest severity, and of how many lines. Two boxes that have one name by mistake and started together give the same numbers: what differs in
-- sort (a port scan and the polling of dark hosts become sweeps, everything else stays what it is) or in its only actor is another incident. A line about
-- several actors goes with the first of them, a MAC address with the address that it turned out to have.
create or replace view tap.incident as
with sorted as (
  select *, case when kind in ('sweep', 'scan', 'port-scan', 'dark-host') then 'walk' else kind end as sort,
    case when srcs = 1 and src ~ '^[0-9a-f.:]+$' and src !~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' then src end as address,
    case when srcs = 1 and src ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' then src end as station
  from tap.incident_line
), told as (
  select *, coalesce(address, first_value(address) over addressed, station, first_value(station) over stationed, '') as actor
  from sorted
  window addressed as (partition by host, boot, id, sort order by address is null, sequence nulls last, number),
    stationed as (partition by host, boot, id, sort order by station is null, sequence nulls last, number)
)
select distinct on (host, boot, id, sort, actor) number, received, sent, host, boot, kind, pri, sequence, message,
  "id",
  "state",
  "severity",
  "sid",
  "proto",
  "src",
  "srcs",
  "dst",
  "dsts",
  "dport",
  "frames",
  "name",
  "answeredBy",
  "hosts",
  "dur",
  "ttl",
  "flags",
  "sport",
  "stride",
  "unseen",
  "answered",
  "refused",
  "silent",
  "dark",
  "related",
  "list",
  "period",
  "group",
  "expected",
  "lost",
  "dports",
  "tool",
  "site",
  "into",
  data,
  min(sent - make_interval(secs => coalesce(dur, 0))) over each as first_seen,
  max(sent) over each as last_seen,
  max(severity) over each as gravest,
  count(*) over each as lines
from told
window each as (partition by host, boot, id, sort, actor)
order by host, boot, id, sort, actor, sequence desc nulls last, sent desc nulls last, number desc;

-- The incidents that stand for themselves: one that went into another one is told there, unless that one's lines never came or went back into it.
create or replace view tap.standing as
select * from tap.incident i
where state is distinct from 'folded'
  or not exists (select from tap.line l where l.host = i.host and l.boot is not distinct from i.boot and l.incident = i."into")
  or exists (select from tap.line l where l.host = i.host and l.boot is not distinct from i.boot and l.incident = i."into"
    and l.data->'incident@32473'->>'into' = i.id::text);

-- Every heartbeat, its counters as numbers.
create or replace view tap.heartbeat as
select number, received, sent, host, boot,
  tap.whole(data->'heartbeat@32473'->>'boots') as "boots",
  tap.whole(data->'heartbeat@32473'->>'frames') as "frames",
  tap.whole(data->'heartbeat@32473'->>'kept') as "kept",
  tap.whole(data->'heartbeat@32473'->>'lost') as "lost",
  tap.whole(data->'heartbeat@32473'->>'leftOut') as "leftOut",
  tap.whole(data->'heartbeat@32473'->>'missed') as "missed",
  tap.whole(data->'heartbeat@32473'->>'evictions') as "evictions",
  tap.whole(data->'heartbeat@32473'->>'table') as "table",
  tap.whole(data->'heartbeat@32473'->>'tableAge') as "tableAge",
  tap.whole(data->'heartbeat@32473'->>'transmitted') as "transmitted",
  tap.whole(data->'heartbeat@32473'->>'dropped') as "dropped",
  tap.whole(data->'heartbeat@32473'->>'repeated') as "repeated",
  tap.whole(data->'heartbeat@32473'->>'memory') as "memory",
  (data->'heartbeat@32473'->>'tableHash') as "tableHash",
  tap.whole(data->'heartbeat@32473'->>'memoryBlock') as "memoryBlock",
  tap.whole(data->'heartbeat@32473'->>'external') as "external",
  tap.whole(data->'heartbeat@32473'->>'externalBlock') as "externalBlock",
  tap.whole(data->'heartbeat@32473'->>'flaps') as "flaps",
  tap.whole(data->'heartbeat@32473'->>'mirrorFull') as "mirrorFull",
  (data->'heartbeat@32473'->>'blind') as "blind",
  (data->'heartbeat@32473'->>'blindWhy') as "blindWhy",
  tap.whole(data->'heartbeat@32473'->>'blindSince') as "blindSince",
  (data->'heartbeat@32473'->>'unseen') as "unseen",
  tap.whole(data->'heartbeat@32473'->>'of') as "of",
  tap.whole(data->'heartbeat@32473'->>'copies') as "copies",
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

-- What ends a fault of a part: one state, and no other, since a mirror may be foreign and doubled at once; null where the state is no fault.
create or replace function tap.ends(part text, state text) returns text language sql immutable as $$
  select case part || ' ' || state
    when 'mirror no-mirror' then 'mirrored'
    when 'mirror unreadable' then 'readable'
    when 'mirror foreign' then 'home'
    when 'mirror doubled' then 'single'
    when 'mirror partial' then 'whole'
    when 'mirror own-uplink' then 'no-own-uplink'
    when 'mirror swapped' then 'not-swapped'
    when 'mirror one-sided' then 'both-directions'
    when 'mirror silent' then 'frames'
    when 'mirror quiet' then 'frames'
    when 'mirror link-lost' then 'link-up'
    when 'mirror no-link' then 'link-up'
    when 'mirror flapping' then 'link-up'
    when 'ring losing' then 'keeps-up'
    when 'uplink link-lost' then 'link-up'
    when 'collector unreachable' then 'reached'
    when 'collector none' then 'reached'
    when 'clock unknown' then 'synchronized'
    when 'clock unsynchronized' then 'synchronized'
    when 'storage failing' then 'well'
    when 'memory low' then 'well'
    when 'detector blind' then 'sees'
    when 'table old' then 'accepted'
    when 'table damaged' then 'accepted'
  end
$$;

-- Faults that last: told, and since neither ended nor followed by a start of the box. Told again daily, so that it began with the first line behind the end.
-- A line about a table is a state of the part "table": that a slot is damaged, else what became of the table.
create or replace view tap.fault as
with told as (
  select number, received, host, data->'health@32473'->>'part' as part, data->'health@32473'->>'state' as state, message
  from tap.line where msgid = 'health'
  union all
  select number, received, host, 'table', case when tap.whole(data->'table@32473'->>'damagedSlots') > 0 then 'damaged'
    else data->'table@32473'->>'verdict' end, message
  from tap.line where msgid = 'table'
), newest as (
  select host, part, state, max(number) as number from told group by host, part, state
), starts as (
  select host, max(number) as number from newest where part = 'self-test' group by host
), lasting as (
  select f.host, f.part, f.state, greatest(coalesce(ended.number, 0), coalesce(starts.number, 0)) as behind
  from newest f
  left join newest ended on ended.host = f.host and ended.part = f.part and ended.state = tap.ends(f.part, f.state)
  left join starts on starts.host = f.host
  where tap.ends(f.part, f.state) is not null and f.number > greatest(coalesce(ended.number, 0), coalesce(starts.number, 0))
)
select distinct on (host, part, state) host, part, state, told.received as since, told.message
from lasting join told using (host, part, state)
where told.number > behind
order by host, part, state, told.number;

create or replace view tap.blind as
select * from tap.fault where part in ('mirror', 'detector');

-- Lines that a box numbered and that never came.
create or replace view tap.missing as
select host, boot, max(sequence) - min(sequence) + 1 - count(distinct sequence) as lines
from tap.line where boot is not null and sequence > 0
group by host, boot having max(sequence) - min(sequence) + 1 > count(distinct sequence);

-- One actor at many boxes: what no single box can see.
create or replace view tap.campaign as
select src as actor, count(distinct host) as boxes, count(*) as incidents, sum(greatest(dsts, 1)) as hosts, min(first_seen) as first_seen, max(last_seen) as last_seen,
  max(gravest) as gravest, array_agg(distinct kind) as kinds, array_agg(distinct proto || '/' || dport) as services
from tap.standing
where expected is null and tap.names_a_machine(src)
group by src having count(distinct host) > 1;

-- The same from changing addresses of one network: the same service, within two days from one to the next.
create or replace view tap.network_campaign as
with near as (
  select *, tap.network_of(src) as network,
    first_seen - lag(first_seen) over (partition by tap.network_of(src), proto, dport order by first_seen) > interval '2 days' as is_far
  from tap.standing where expected is null and tap.network_of(src) is not null
), runs as (
  select *, count(*) filter (where is_far) over (partition by network, proto, dport order by first_seen) as run from near
)
select network, proto, dport, count(distinct src) as sources, count(distinct host) as boxes, count(*) as incidents, sum(greatest(dsts, 1)) as hosts,
  min(first_seen) as first_seen, max(last_seen) as last_seen, max(gravest) as gravest
from runs group by network, proto, dport, run having count(distinct host) > 1 and count(distinct src) > 1;

-- What needs somebody today: grave, new and unexplained.
create or replace view tap.today as
select host, boot, id, kind, gravest, src, dst, dsts, proto, dport, name, first_seen, last_seen, message
from tap.standing
where gravest >= 3 and expected is null and last_seen > now() - interval '1 day'
order by gravest desc, last_seen desc;
