using System.Globalization;

namespace CertFunctions.Benchmarks;

internal static class FigureTable
{
    public static readonly Figure G1 = new("G1", "table transactions per new award", 0.060, 0.045);
    public static readonly Figure G1Renewal = new("G1r", "table transactions per renewal that moves the expiry", 0.11, 0.085);
    public static readonly Figure G2 = new("G2", "queue messages per award", 0.005, 0.0016);
    public static readonly Figure G3 = new("G3", "awards/s, queue to done, ÷ raw client, 10,000", 0.50, 0.75, AtLeast: true);
    public static readonly Figure G4 = new("G4", "the same through the whole local host and worker", 0.30, 0.50, AtLeast: true);
    public static readonly Figure G5Small = new("G5", "the same in process at 1,000", 0.30, 0.50, AtLeast: true);
    public static readonly Figure G5Large = new("G5", "the same in process at 100,000", 0.50, 0.80, AtLeast: true);
    public static readonly Figure G6 = new("G6", "POST of 100 users, done before the answer, ÷ raw client that reads and writes the same", 2, 1.3);
    public static readonly Figure G7 = new("G7", "table transactions of a page of 50, by certification", 20, 17);
    public static readonly Figure G8 = new("G8", "that page of a long list ÷ of one of 1,000, ÷ raw client's quotient", 1.25, 1.1);
    public static readonly Figure G9 = new("G9", "table transactions of what a user holds", 1, 1);
    public static readonly Figure G10 = new("G10", "POST of a large group ÷ of 200, to its 202", 1.5, 1.1);
    public static readonly Figure G11 = new("G11", "CSV rows validated/s ÷ CsvHelper's typed parse alone", 0.15, 0.40, AtLeast: true);
    public static readonly Figure G12 = new("G12", "MB of peak memory for a large CSV file − for one of 10 MB", 96, 32);
    public static readonly Figure G13 = new("G13", "KB allocated per award, less those of a raw client that reads and writes the same", 24, 12);
    public static readonly Figure G14 = new("G14", "cold start of the worker to its first answer ÷ an empty isolated worker", 2, 1.3);
    public static readonly Figure W1 = new("W1", "storage writes per webhook message, to its 202", 2, 2);
    public static readonly Figure W2 = new("W2", "p99 of a webhook's 202, 50 senders, ÷ of a bare write of the same", 2, 1.2);

    private static readonly Figure[] InOrder = [G1, G1Renewal, G2, G3, G4, G5Small, G5Large, G6, G7, G8, G9, G10, G11, G12, G13, G14, W1, W2];

    public static int Order(Figure figure) => Array.IndexOf(InOrder, figure);

    public static void Print(IEnumerable<Measured> all)
    {
        Console.WriteLine();
        Console.WriteLine("| # | figure | measured | gate | aim | verdict | with |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (figure, value, note) in all)
        {
            var sign = figure.AtLeast ? "≥" : "≤";
            Console.WriteLine(
                $"| {figure.Id} | {figure.Text} | {Text(value)} | {sign} {Text(figure.Gate)} | {sign} {Text(figure.Aim)} | {figure.VerdictOn(value)} | {note} |");
        }
    }

    private static string Text(double value) => value.ToString(value < 0.1 ? "0.0000" : "0.##", CultureInfo.InvariantCulture);
}
