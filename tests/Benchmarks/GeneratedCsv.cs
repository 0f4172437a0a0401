using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CertFunctions.Benchmarks;

/// <summary>An awards file of any length that is never there as a whole: every user, for one certification after the other.</summary>
/// <param name="areShort">Rows of a letter and separators instead: as many as a file can have, each to be reported as wrong.</param>
internal sealed class GeneratedCsv(long bytes, int users, bool areShort = false) : Stream
{
    private const string Header = "username,certification_code,certification_issue_date,always_valid,type,certification_expire_date\r\n";

    private static readonly byte[] ShortRow = Encoding.UTF8.GetBytes("u,,,,,\r\n");

    private readonly byte[] buffer = new byte[256];
    private ReadOnlyMemory<byte> line = Encoding.UTF8.GetBytes(Header);
    private int read;
    private long given;
    private long row;

    public static byte[] Whole(long bytes, int users)
    {
        using var whole = new MemoryStream();
        new GeneratedCsv(bytes, users).CopyTo(whole);
        return whole.ToArray();
    }

    public static string Username(int user) => string.Create(CultureInfo.InvariantCulture, $"user.{user:000000}");

    public static string Code(long certification) => string.Create(CultureInfo.InvariantCulture, $"CERT-{certification}");

    public override int Read(Span<byte> into)
    {
        var count = 0;
        while (count < into.Length && (read < line.Length || NextLine()))
        {
            var part = Math.Min(line.Length - read, into.Length - count);
            line.Span.Slice(read, part).CopyTo(into[count..]);
            read += part;
            count += part;
        }

        given += count;
        return count;
    }

    private bool NextLine()
    {
        if (given >= bytes)
        {
            return false;
        }

        if (areShort)
        {
            (line, read) = (ShortRow, 0);
            return true;
        }

        // Leaves no garbage: what is measured is how much the reader leaves.
        Utf8.TryWrite(
            buffer,
            CultureInfo.InvariantCulture,
            $"user.{row % users:000000},CERT-{row / users},2026-11-{1 + (row / 1_000 % 28):00},0,manual,2028-11-02\r\n",
            out var length);
        (line, read, row) = (buffer.AsMemory(0, length), 0, row + 1);
        return true;
    }

    public override int Read(byte[] into, int offset, int count) => Read(into.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
