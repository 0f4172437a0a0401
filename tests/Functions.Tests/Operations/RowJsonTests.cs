using Azure.Data.Tables;
using CertFunctions.Operations.BackUps;
using CsCheck;

namespace CertFunctions.Functions.Tests.Operations;

public sealed class RowJsonTests
{
    private static readonly Gen<object> Value = Gen.OneOf<object>(
        Gen.String.Select(text => (object)text), Gen.Int.Select(number => (object)number), Gen.Long.Select(number => (object)number),
        Gen.Double.Select(number => (object)number), Gen.Bool.Select(flag => (object)flag), Gen.Byte.Array.Select(bytes => (object)bytes),
        Gen.Guid.Select(id => (object)id), Gen.DateTimeOffset.Select(time => (object)time.ToUniversalTime()));

    [Fact]
    public void A_row_is_read_as_it_was_written() => Gen.Dictionary(Gen.Char.AlphaNumeric.Array[1, 9].Select(name => new string(name)), Value)[0, 9].Sample(properties =>
    {
        var row = new TableEntity("P!é", "R!\"\\");
        foreach (var (name, value) in properties)
        {
            row[$"p{name}"] = value;
        }

        var line = RowJson.Write(row);
        var read = RowJson.Read(line);

        Assert.DoesNotContain('\n', line);
        Assert.Equal(
            row.Select(property => (property.Key, Shown(property.Value))).Order(),
            read.Select(property => (property.Key, Shown(property.Value))).Order());
    });

    [Fact]
    public void A_type_that_tables_do_not_have_is_refused() =>
        Assert.Throws<CertFunctions.Operations.OperationException>(() => RowJson.Read("""{"pk":"a","rk":"b","properties":{"x":["colour","red"]}}"""));

    private static string Shown(object value) => $"{value.GetType().Name} {(value is byte[] bytes ? Convert.ToHexString(bytes) : value is DateTimeOffset time ? time.ToString("O") : value)}";
}
