using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Simulator.Outputs;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// Standard output and error of one run within this process. Each run has its own, with all the threads that it starts, so that
/// runs may go on side by side; what writes outside of any run writes where it did before.
/// </summary>
internal sealed class OwnConsole
{
    private static readonly AsyncLocal<OwnConsole?> Current = new();

    private readonly Standing _output = new();
    private readonly Standing _errors = new();
    private readonly Stream _outputStream;
    private readonly TextWriter _outputText;
    private readonly TextWriter _errorText;

    static OwnConsole()
    {
        Console.SetOut(new Divided(Console.Out, c => c._outputText));
        Console.SetError(new Divided(Console.Error, c => c._errorText));
        Func<Stream> outside = LineFile.OpenStandardOutput;
        LineFile.OpenStandardOutput = () => Current.Value?._outputStream ?? outside();
    }

    private OwnConsole()
    {
        _outputStream = Stream.Synchronized(_output);
        _outputText = Writer(_outputStream);
        _errorText = Writer(_errors);
    }

    /// <summary>Runs what writes, and gives its exit code and what it wrote to either.</summary>
    /// <param name="program">What runs.</param>
    /// <param name="limit">It may take no longer.</param>
    public static (int ExitCode, string Output, string Errors) Run(Func<int> program, TimeSpan limit)
    {
        var own = new OwnConsole();
        Task<int> run = Task.Factory.StartNew(() =>
        {
            Current.Value = own;
            return program();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.IsTrue(((IAsyncResult)run).AsyncWaitHandle.WaitOne(limit), $"did not end within {limit}");
        return (run.GetAwaiter().GetResult(), own._output.Text, own._errors.Text);
    }

    private static TextWriter Writer(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

    // It outlives each that writes to it and closes it.
    private sealed class Standing : MemoryStream
    {
        public string Text => Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length);

        protected override void Dispose(bool disposing)
        {
        }
    }

    // To the run that writes, if one does.
    private sealed class Divided(TextWriter outside, Func<OwnConsole, TextWriter> own) : TextWriter
    {
        public override Encoding Encoding => outside.Encoding;

        private TextWriter To => Current.Value is { } current ? own(current) : outside;

        public override void Write(char value) => To.Write(value);

        public override void Write(char[] buffer, int index, int count) => To.Write(buffer, index, count);

        public override void Write(string? value) => To.Write(value);

        public override void WriteLine(string? value) => To.WriteLine(value);

        public override void Flush() => To.Flush();
    }
}
