using Appliance.Firmware.Light;

namespace Appliance.Firmware.Messages;

/// <summary>What a watch tells with: <c>health</c> messages with one sentence, and the light.</summary>
public sealed class HealthTeller
{
    private readonly Phrases _sentences = new Phrases(HealthSentence.Texts);
    private readonly StatusLight _light;

    /// <summary>Takes the parameters of a message that was begun.</summary>
    public readonly MessageWriter Writer;

    /// <summary>Makes a teller.</summary>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public HealthTeller(MessageWriter writer, StatusLight light)
    {
        Writer = writer;
        _light = light;
    }

    /// <summary>Has the light show something, or not.</summary>
    /// <param name="code">A constant of <see cref="LightCode"/>.</param>
    /// <param name="isShown">It is so.</param>
    public void Show(int code, bool isShown)
    {
        _light.Set(code, isShown);
    }

    /// <summary>Begins a message.</summary>
    /// <param name="part">What it is about, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="state">How that is, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="severity">A constant of <see cref="Appliance.Sensor.Lines.SyslogSeverity"/>.</param>
    public void Begin(int part, int state, int severity)
    {
        Writer.BeginHealth(part, state, severity);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="value">Its value.</param>
    public void Number(int name, long value)
    {
        Writer.Number(name, value);
    }

    /// <summary>Adds a parameter of a word.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="word">A word of <see cref="HealthSentence"/>.</param>
    public void Word(int name, int word)
    {
        Writer.Word(name, _sentences, word);
    }

    /// <summary>Ends the message, and sends it.</summary>
    /// <param name="sentence">A constant of <see cref="HealthSentence"/>.</param>
    public void End(int sentence)
    {
        Writer.End(_sentences, sentence);
    }
}
