namespace Appliance.Sensor.Signatures;

/// <summary>Checks a table's signatures and their conditions, so that the matcher can follow them without looking.</summary>
public sealed partial class SignatureTable
{
    // Each program is walked once, whoever points at it: a file must not make its reader walk one again for each signature.
    private int CheckPrograms()
    {
        TableDraft draft = _draft!;
        int first = draft.At(TableFormat.ConditionSection);
        int at = first;
        int end = first + draft.LengthOf(TableFormat.ConditionSection);
        var programs = new byte[end - first];
        int count = 0;
        while (at < end)
        {
            int begin = at;
            int kind = KindOf(Bytes[at]);
            int condition = -1;
            while (condition != Condition.End)
            {
                int length = at < end ? ConditionLength(at, end) : 0;
                if (length == 0 || at + length > end)
                {
                    return TableProblem.Condition;
                }

                condition = Bytes[at];
                if (at != begin && (KindOf(condition) & ~TableDraft.Program) != 0)
                {
                    // Only a first condition may say what kind of frame it is about.
                    return TableProblem.Condition;
                }

                if (condition == Condition.Filter)
                {
                    if (at + length >= end || Bytes[at + length] != Condition.End)
                    {
                        return TableProblem.Condition;
                    }

                    kind |= TableDraft.AsksRate;
                }

                at += length;
            }

            programs[begin - first] = (byte)kind;
            count++;
        }

        draft.Programs = programs;
        return count == draft.ItemsOf(TableFormat.ConditionSection) ? TableProblem.None : TableProblem.Condition;
    }

    private int KindOf(int condition)
    {
        return condition == Condition.Flags ? TableDraft.Program | TableDraft.AsksFlags
            : condition >= Condition.EtherType && condition <= Condition.Snap ? TableDraft.Program | TableDraft.AsksLink
            : TableDraft.Program;
    }

    private int CheckSignatures()
    {
        byte[] bytes = Bytes;
        TableDraft draft = _draft!;
        Count = draft.ItemsOf(TableFormat.SignatureSection);
        SignaturesAt = draft.At(TableFormat.SignatureSection);
        int at = SignaturesAt;
        int destinationPorts;
        int count = Count;
        int lists = _lists.Length / Numbers;
        int groups = Groups;
        int programsAt = draft.At(TableFormat.ConditionSection);
        byte[] programs = draft.Programs;
        int keys = 0;

        // Neighbours mostly share their ports: what was right a moment ago is not looked at again.
        int knownPorts = 0;
        for (int s = 0; s < count; s++, at += TableFormat.SignatureRecord)
        {
            int protocol = bytes[at + TableFormat.SignatureProtocol];
            int traits = bytes[at + TableFormat.SignatureTraits];
            int group = bytes[at + TableFormat.SignatureGroup];
            // U16, inline: a call each would cost a table of 200 signatures a twentieth of its loading.
            int source = (bytes[at + TableFormat.SignatureSource] << 8) | bytes[at + TableFormat.SignatureSource + 1];
            int destination = (bytes[at + TableFormat.SignatureDestination] << 8)
                | bytes[at + TableFormat.SignatureDestination + 1];
            int sourcePorts = (bytes[at + TableFormat.SignatureSourcePorts] << 8)
                | bytes[at + TableFormat.SignatureSourcePorts + 1];
            destinationPorts = (bytes[at + TableFormat.SignatureDestinationPorts] << 8)
                | bytes[at + TableFormat.SignatureDestinationPorts + 1];
            int sid = U32(at);
            if (sid <= 0 || (bytes[at + TableFormat.SignatureGid] | bytes[at + TableFormat.SignatureGid + 1]) == 0
                || protocol < RuleProtocol.Tcp || protocol > RuleProtocol.Ethernet || traits > Signatures.Traits.All
                || bytes[at + TableFormat.SignatureLethality] > 5 || (group != 255 && group >= groups)
                || source >= lists || destination >= lists
                || !IsText((bytes[at + TableFormat.SignatureName] << 8)
                | bytes[at + TableFormat.SignatureName + 1], TableFormat.MostName)
                || (sourcePorts != 0 && sourcePorts != knownPorts && !IsPortList(sourcePorts))
                || (destinationPorts != 0 && destinationPorts != knownPorts && !IsPortList(destinationPorts)))
            {
                return TableProblem.Signature;
            }

            knownPorts = destinationPorts;
            int program = U16(at + TableFormat.SignatureConditions) - programsAt;
            int wanted = TableDraft.Program | ((traits & Signatures.Traits.AsksFlags) != 0 ? TableDraft.AsksFlags : 0)
                | (protocol == RuleProtocol.Ethernet ? TableDraft.AsksLink : 0)
                | ((traits & Signatures.Traits.AsksRate) != 0 ? TableDraft.AsksRate : 0);
            if (program < 0 || program >= programs.Length || programs[program] != wanted)
            {
                return TableProblem.Condition;
            }

            if ((wanted & TableDraft.AsksRate) != 0)
            {
                Filters++;
            }

            keys += (traits & Signatures.Traits.BothWays) != 0 ? 2 * SignatureIndex.MostKeys : SignatureIndex.MostKeys;
        }

        // The index counts its entries in 15 bits.
        return keys > short.MaxValue ? TableProblem.Signature : TableProblem.None;
    }

    // Octets of the condition, 0 when it is not one.
    private int ConditionLength(int at, int end)
    {
        byte[] bytes = Bytes;
        int condition = bytes[at];
        if ((condition & Condition.Range) != 0)
        {
            return (condition & 15) > Condition.LastRange || (condition & 16) != 0 ? 0 : (condition & Condition.Wide) != 0 ? 9
                : 5;
        }

        switch (condition)
        {
            case Condition.End:
                return 1;
            case Condition.Flags:
                return at + 4 <= end && bytes[at + 1] <= Condition.None ? 4 : 0;
            case Condition.IpProto:
                return at + 3 <= end && bytes[at + 1] <= Condition.Less ? 3 : 0;
            case Condition.FragmentBits:
                return at + 3 <= end && bytes[at + 1] <= Condition.None && bytes[at + 2] <= 7 ? 3 : 0;
            case Condition.Content:
                return ContentLength(at, end);
            case Condition.Filter:
                return at + 10 <= end && bytes[at + 1] <= 1 && U32(at + 2) > 0 && U32(at + 6) > 0 ? 10 : 0;
            case Condition.EtherType:
            case Condition.Llc:
                return 3;
            case Condition.Snap:
                return 6;
            default:
                return 0;
        }
    }

    private int ContentLength(int at, int end)
    {
        byte[] bytes = Bytes;
        if (at + Condition.ContentHead > end)
        {
            return 0;
        }

        int bits = bytes[at + 1];
        int next = at + Condition.ContentHead + bytes[at + 6];
        if (bits > Condition.ContentBits || next > end || bytes[at + 6] == 0)
        {
            return 0;
        }

        for (int i = at + Condition.ContentHead; (bits & Condition.NoCase) != 0 && i < next; i++)
        {
            if (bytes[i] >= 'a' && bytes[i] <= 'z')
            {
                // It would match nothing: the matcher turns what it compares into upper case.
                return 0;
            }
        }

        return next - at;
    }
}
