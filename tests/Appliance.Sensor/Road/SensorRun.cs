using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Appliance.Playback;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;

namespace Appliance.Sensor.Tests.Road;

/// <summary>A sensor over frames, behind the mask that the hook applies, and all that can be known of it afterwards.</summary>
internal sealed class SensorRun : IAlertSink
{
    // What depends on which road a frame takes, and means nothing: what was looked up last, and how octets lie in a slot.
    private static readonly string[] Scratch = ["RunningSweeps", "PlainMatcher", "Probe", "SlotBatch", "Frame", "SignatureTable",
        "SignatureMatcher"];

    private const BindingFlags AllFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly TapSensor _sensor;

    private SensorRun(byte[] file, int seed)
    {
        var table = new SignatureTable();
        if (table.Load(file, file.Length) != TableProblem.None)
        {
            throw new InvalidOperationException("the sensor refuses the table");
        }

        _sensor = new TapSensor(table, this, seed);
        _sensor.SetWallClock(1_700_000_000_000_000);
    }

    /// <summary>What was said.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Home hosts that were heard.</summary>
    public int LivingHosts => Find<Hosts>(_sensor).Heard;

    /// <summary>Runs frames through a new sensor and ends as a replay does.</summary>
    /// <param name="file">The table.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="seed">Keys the hashes, and chooses where batches end and which frames are signs of life.</param>
    /// <param name="dress">What is done to a frame before the sensor sees it.</param>
    /// <param name="forgetsLanes">Each frame comes alone, and no sweep has a lane: every attempt takes the longer way into its
    /// incident.</param>
    /// <returns>The run, which is over.</returns>
    public static SensorRun Of(byte[] file, IReadOnlyList<TimedFrame> frames, int seed, Func<byte[], byte[]> dress,
        bool forgetsLanes = false)
    {
        var run = new SensorRun(file, seed);
        RunningSweeps? lanes = forgetsLanes ? Find<RunningSweeps>(run._sensor) : null;
        var table = new SignatureTable();
        table.Load(file, file.Length);
        var mask = new InterestMask(table);
        var random = new Random(seed);
        var batch = new SlotBatch(32);
        foreach (TimedFrame frame in frames)
        {
            Interest interest = mask.Decide(frame.Bytes, 0, Math.Min(frame.Bytes.Length, 128), frame.Bytes.Length);
            if (interest == Interest.Skip)
            {
                // The rate of the table is one in many; here one in three shows life.
                if (random.Next(3) != 0)
                {
                    continue;
                }

                interest = Interest.SignOfLife;
            }

            bool ends = random.Next(6) == 0;
            if (ends || batch.Count == batch.Stamps.Length || forgetsLanes)
            {
                lanes?.Forget();
                run._sensor.Process(batch);
                batch.Count = 0;
            }

            byte[] dressed = dress(frame.Bytes);
            batch.Put(dressed, 0, dressed.Length, dressed.Length, interest == Interest.SignOfLife, frame.Time);
        }

        run._sensor.Process(batch);
        run._sensor.Finish();
        return run;
    }

    /// <summary>In what two runs differ; nothing when they agree.</summary>
    /// <param name="other">The other run.</param>
    public string DifferenceFrom(SensorRun other)
    {
        for (int i = 0; i < Math.Max(Lines.Count, other.Lines.Count); i++)
        {
            string mine = i < Lines.Count ? Lines[i] : "nothing";
            string theirs = i < other.Lines.Count ? other.Lines[i] : "nothing";
            if (mine != theirs)
            {
                return $"line {i}:\n  {mine}\n  {theirs}";
            }
        }

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var differences = new StringBuilder();
        Compare(_sensor, other._sensor, "sensor", seen, differences);
        return differences.ToString();
    }

    /// <summary>The one object of a type that a sensor holds.</summary>
    /// <param name="root">The sensor.</param>
    internal static T Find<T>(object root)
        where T : class
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<object>([root]);
        while (waiting.TryDequeue(out object? next))
        {
            if (next is T found)
            {
                return found;
            }

            foreach (FieldInfo field in next.GetType().GetFields(AllFields)
                .Where(field => field.FieldType.Assembly == typeof(TapSensor).Assembly))
            {
                if (field.GetValue(next) is { } value && seen.Add(value))
                {
                    waiting.Enqueue(value);
                }
            }
        }

        throw new InvalidOperationException("the sensor holds none");
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity) => Lines.Add(Encoding.ASCII.GetString(line, 0, length));

    private static void Compare(object mine, object theirs, string path, HashSet<object> seen, StringBuilder differences)
    {
        if (!seen.Add(mine))
        {
            return;
        }

        foreach (FieldInfo field in mine.GetType().GetFields(AllFields))
        {
            object? a = field.GetValue(mine);
            object? b = field.GetValue(theirs);
            string name = path + "." + field.Name;
            if (a is Array first && b is Array second)
            {
                // Octet for octet first, since reading element by element took most of the test's time.
                bool isSame = !field.FieldType.GetElementType()!.IsPrimitive || OctetsOf(first).SequenceEqual(OctetsOf(second));
                for (int i = 0; !isSame && i < first.Length; i++)
                {
                    if (!Equals(first.GetValue(i), second.GetValue(i)))
                    {
                        differences.Append(name).Append('[').Append(i).Append("]: ").Append(first.GetValue(i)).Append(" and ")
                            .Append(second.GetValue(i)).Append("; ");
                        break;
                    }
                }
            }
            else if (field.FieldType.IsPrimitive)
            {
                if (!Equals(a, b))
                {
                    differences.Append(name).Append(": ").Append(a).Append(" and ").Append(b).Append("; ");
                }
            }
            else if (a is not null && b is not null && !Scratch.Contains(field.FieldType.Name)
                && field.FieldType.Assembly == typeof(TapSensor).Assembly && !field.FieldType.IsInterface)
            {
                Compare(a, b, name, seen, differences);
            }
        }
    }

    private static ReadOnlySpan<byte> OctetsOf(Array array) =>
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array));
}
