using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CertFunctions.Benchmarks;

/// <summary>A file of any length that is never there as a whole.</summary>
internal sealed class GeneratedCsv : Stream
{
    private const string AwardsHeader = "username,certification_code,certification_issue_date,always_valid,type,certification_expire_date\r\n";

    private readonly byte[] buffer = new byte[256];
    private readonly RowWriter writer;
    private readonly long bytes;
    private readonly long rows;
    private ReadOnlyMemory<byte> line;
    private int read;
    private long given;
    private long row;

    private GeneratedCsv(string header, RowWriter writer, long bytes = long.MaxValue, long rows = long.MaxValue)
    {
        (this.writer, this.bytes, this.rows) = (writer, bytes, rows);
        line = Encoding.UTF8.GetBytes(header);
    }

    /// <summary>Leaves no garbage: what is measured is how much the reader leaves.</summary>
    private delegate int RowWriter(Span<byte> into, long row);

    /// <summary>Every user, for one certification after the other.</summary>
    public static GeneratedCsv Awards(long bytes, int users) => new(
        AwardsHeader,
        (into, row) => Write(
            Utf8.TryWrite(
                into,
                CultureInfo.InvariantCulture,
                $"user.{row % users:000000},CERT-{row / users},2026-11-{1 + (row / 1_000 % 28):00},0,manual,2028-11-02\r\n",
                out var length),
            length),
        bytes);

    /// <summary>Rows of a letter and separators: as many as a file can have, each to be reported as wrong.</summary>
    public static GeneratedCsv ShortAwards(long bytes) => new(AwardsHeader, (into, _) => Write("u,,,,,\r\n"u8.TryCopyTo(into), 8), bytes);

    public static GeneratedCsv Users(long rows) => new(
        "user_id,username,first_name,last_name,email,branch_id\r\n",
        (into, row) => Write(
            Utf8.TryWrite(
                into,
                CultureInfo.InvariantCulture,
                $"u-{row:0000000},user.{row:0000000},Ada,Lovelace {row:0000000},user.{row:0000000}@example.com,b-{row % 20}\r\n",
                out var length),
            length),
        rows: rows);

    /// <summary>Groups of a thousand.</summary>
    public static GeneratedCsv Members(long rows) => new(
        "group_id,group_name,user_id\r\n",
        (into, row) => Write(
            Utf8.TryWrite(into, CultureInfo.InvariantCulture, $"g-{row / 1_000},Drivers of the depot with number {row / 1_000},u-{row:0000000}\r\n", out var length),
            length),
        rows: rows);

    public static byte[] WholeAwards(long bytes, int users)
    {
        using var whole = new MemoryStream();
        Awards(bytes, users).CopyTo(whole);
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
        if (given >= bytes || row == rows)
        {
            return false;
        }

        (line, read) = (buffer.AsMemory(0, writer(buffer, row)), 0);
        row++;
        return true;
    }

    private static int Write(bool fits, int length) => fits ? length : throw new InvalidOperationException("A row does not fit.");

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
