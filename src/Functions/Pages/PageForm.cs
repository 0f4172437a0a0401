using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>What a form of a page says. Reads note what is wrong under the field's name, in words that begin with its label.</summary>
internal sealed class PageForm
{
    private readonly IFormCollection fields;

    private PageForm(IFormCollection fields) => this.fields = fields;

    public FieldErrors Errors { get; } = new();

    /// <summary>Of one that breaks off, or is none, nothing is there.</summary>
    public static async Task<PageForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return new PageForm(request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return new PageForm(FormCollection.Empty);
        }
    }

    /// <summary>A choice as forms and queries write it.</summary>
    public static string NameOf(Enum choice) => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString());

    /// <summary>The same fields, looked at once more.</summary>
    public PageForm WithoutErrors() => new(fields);

    /// <summary>As it was typed, so that it can be shown again. Browsers end lines with CR LF.</summary>
    public string Raw(string name) => fields[name].ToString().ReplaceLineEndings("\n");

    public IReadOnlyList<string> All(string name) => [.. fields[name].OfType<string>().Where(value => value.Length > 0)];

    /// <summary>Whether a box is ticked, or a button was pressed.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <returns>Null where none was chosen.</returns>
    public IFormFile? File(string name, string label)
    {
        // A browser sends a file without a name where none was chosen.
        var file = fields.Files.GetFile(name) is { FileName.Length: > 0 } chosen ? chosen : null;
        NoteWhyNot(name, label, file is null ? "is required" : null);
        return file;
    }

    /// <returns>Null where it is empty or wrong.</returns>
    public string? Text(string name, string label, TextRule rule) => Read(name, label, text => Rules.Text(text, rule), rule.Min > 0);

    public DateOnly? Date(string name, string label) => Value(name, label, Rules.Date);

    public int? Number(string name, string label, int min, int max) => Value(name, label, text => Rules.Integer(text, min, max));

    public TChoice OneOf<TChoice>(string name, string label)
        where TChoice : struct, Enum => Value(name, label, Rules.OneOf<TChoice>) ?? default;

    public T? Value<T>(string name, string label, TryParse<T> tryParse, string rule, bool isRequired = false)
        where T : class => Read(name, label, text => Rules.Value(text, tryParse, rule), isRequired);

    private T? Value<T>(string name, string label, Func<string, Parsed<T>> parse)
        where T : struct
    {
        var text = Raw(name).Trim();
        if (text.Length == 0)
        {
            return null;
        }

        var parsed = parse(text);
        return NoteWhyNot(name, label, parsed.Why) ? null : parsed.Value;
    }

    private T? Read<T>(string name, string label, Func<string, Parsed<T>> parse, bool isRequired)
        where T : class
    {
        var text = Raw(name);
        if (text.Length == 0 && !isRequired)
        {
            return null;
        }

        var parsed = text.Length == 0 ? Parsed<T>.Bad("is required") : parse(text);
        return NoteWhyNot(name, label, parsed.Why) ? null : parsed.Value;
    }

    private bool NoteWhyNot(string name, string label, string? why)
    {
        if (why is not null)
        {
            Errors.Add(name, $"{label} {why}.");
        }

        return why is not null;
    }
}
